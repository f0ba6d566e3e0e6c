using HeadlessCms.Core.Articles;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Suggestions;
using HeadlessCms.Tests.Harness;

namespace HeadlessCms.Tests.Suggestions;

/// <summary>What a text names that the vocabulary lacks, and the roles of people.</summary>
public sealed class ProposalTests
{
    [Theory]
    [InlineData("On Monday President of Norway Ada Holm resigned.", "President of Norway")]
    [InlineData("On Monday Ada Holm, the finance minister of Norland, resigned.", "finance minister of Norland")]
    [InlineData("On Monday Finance Minister Ada Holm resigned.", "Finance Minister")]
    [InlineData("On Monday Ada Holm, a former Norland ambassador and author, resigned.", "former Norland ambassador and author")]
    [InlineData("On Monday Queen Ada of Norland resigned.", "Queen of Norland")]
    [InlineData("On Monday Mr Ada Holm resigned.", null)]
    public void A_role_is_as_the_text_has_it(string text, string? role) => Assert.Equal(role, Newsdesk.Role(text));

    [Fact]
    public void A_capitalised_name_alone_is_no_person()
    {
        Assert.Empty(Newsdesk.Proposed(ConceptKind.Person, "On Monday Grand Plaza opened, and Old Town did not."));
    }

    [Fact]
    public void A_surname_after_a_full_name_is_the_same_person()
    {
        var person = Assert.Single(new Newsdesk().Suggest("Mayor Ada Holm spoke.", "President Holm praised it.", "Holm left."), one =>
            one.Kind == ConceptKind.Person
        );
        Assert.Equal(("Ada Holm", "Ada", "Holm"), (person.New!.Name, person.New.GivenName, person.New.FamilyName));
        Assert.Equal(["/body/0", "/body/1", "/body/2"], person.Evidence.Select(evidence => evidence.Pointer));
    }

    [Theory]
    [InlineData("He joined the Norland Workers Party.", "Norland Workers Party")]
    [InlineData("It was bought by the Bank of Norland.", "Bank of Norland")]
    [InlineData("The press service of the Norland president said so.", "press service of the Norland president")]
    public void A_word_of_its_name_makes_an_organisation(string text, string name) =>
        Assert.Equal([name], Newsdesk.Proposed(ConceptKind.Organisation, text));

    [Fact]
    public void An_organisation_of_the_vocabulary_is_not_proposed_with_what_follows_its_name()
    {
        var desk = new Newsdesk();
        var club = desk.Add(ConceptKind.Organisation, "Southmoor Rowing Club");
        var found = desk.Suggest("They met the Southmoor Rowing Club of Southmoor.");
        Assert.Equal(club, Assert.Single(found, one => one.Kind == ConceptKind.Organisation).Concept);
    }

    [Theory]
    [InlineData("They spoke of the “North + South” Dialogue.", "“North + South” Dialogue")]
    [InlineData("They spoke of the Harbour Jazz Festival.", "Harbour Jazz Festival")]
    public void A_word_of_its_name_makes_an_event(string text, string name) =>
        Assert.Equal([name], Newsdesk.Proposed(ConceptKind.Event, text));

    [Fact]
    public void A_country_is_proposed_with_its_code_unless_the_vocabulary_has_it()
    {
        var desk = new Newsdesk();
        Assert.Equal("TJ", Assert.Single(desk.Suggest("The Tajik leader left."), one => one.Kind == ConceptKind.Place).New!.CountryCode);
        desk.Add(ConceptKind.Place, "Republic of Tajikistan", country: "TJ", isCountry: true);
        Assert.Null(Assert.Single(desk.Suggest("The Tajik leader left."), one => one.Kind == ConceptKind.Place).New);
    }

    [Fact]
    public void A_country_within_a_region_is_not_proposed_again_and_a_city_is_not_its_country()
    {
        var desk = new Newsdesk();
        var asia = desk.Add(ConceptKind.Place, "East Asia");
        var japan = desk.Add(ConceptKind.Place, "Japan", country: "JP", parent: asia, isCountry: true);
        desk.Add(ConceptKind.Place, "Osaka", country: "JP");

        var places = desk.Suggest("The Japanese government of Japan resigned.").Where(one => one.Kind == ConceptKind.Place).ToList();

        Assert.DoesNotContain(places, one => one.New is not null);
        Assert.Contains(places, one => one.Concept == japan && one.Evidence.Count == 2);
        Assert.Equal(["Japan"], desk.Known("The Japanese government resigned."));
    }

    [Fact]
    public void A_person_of_the_vocabulary_is_not_proposed_and_has_the_role_of_the_text()
    {
        var desk = new Newsdesk();
        var holm = desk.Add(ConceptKind.Person, "Ada Holm");
        var person = Assert.Single(desk.Suggest("Ada Holm, mayor of Norland, spoke."), one => one.Kind == ConceptKind.Person);
        Assert.Equal((holm, "mayor of Norland"), (person.Concept, person.Role));
    }

    [Fact]
    public void The_report_that_the_project_began_with_gives_its_people_places_organisations_and_event()
    {
        var lines = File.ReadAllText(SharedData.Require("gulf-observer.txt")).Split("\n\n", StringSplitOptions.TrimEntries);
        var first = lines[3][(lines[3].IndexOf(':', StringComparison.Ordinal) + 2)..];
        var story = new StoryText(lines[1], null, lines[2], [first, .. lines[4..]], "en", null, "Tokyo");
        var desk = new Newsdesk();
        foreach (
            var topic in new[]
            {
                "Infrastructure",
                "Transport",
                "Energy",
                "Agriculture",
                "Environmental protection",
                "Health care",
                "Trade",
            }
        )
            desk.Add(ConceptKind.Topic, topic);

        var found = desk.Suggest(story);

        Assert.Equal(7, found.Count(one => one.Kind == ConceptKind.Topic));
        Assert.Equal(
            [
                ("Emomali Rahmon", "President of Tajikistan"),
                ("Naruhito", "Emperor of Japan"),
                ("Taro Aso", "Deputy Leader of Japan’s ruling Liberal Democratic Party and former Prime Minister of Japan"),
            ],
            found.Where(one => one.Kind == ConceptKind.Person).Select(one => (one.New!.Name, one.Role!)).Order()
        );
        Assert.Equal(["Japan", "Tajikistan", "Tokyo"], Named(ConceptKind.Place));
        Assert.Equal(["Liberal Democratic Party", "press service of the Tajik president"], Named(ConceptKind.Organisation));
        Assert.Equal(["“Central Asia + Japan” Dialogue"], Named(ConceptKind.Event));
        Assert.Equal(Relation.About, found.First(one => one.New?.Name == "Emomali Rahmon").Relation);

        IEnumerable<string> Named(ConceptKind kind) =>
            found.Where(one => one.Kind == kind).Select(one => one.New!.Name).Order(StringComparer.Ordinal);
    }
}
