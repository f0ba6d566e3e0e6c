using CsCheck;
using HeadlessCms.Core.Concepts;
using HeadlessCms.Suggestions;

namespace HeadlessCms.Tests.Suggestions;

/// <summary>How names of the vocabulary are found in a text.</summary>
public sealed class NameTests
{
    private readonly Newsdesk _desk = new();

    [Fact]
    public void Of_overlapping_names_the_longest_is_meant()
    {
        _desk.Add(ConceptKind.Place, "York");
        _desk.Add(ConceptKind.Place, "New York");
        _desk.Add(ConceptKind.Organisation, "New York Harbour Board");
        Assert.Equal(["New York", "New York Harbour Board"], _desk.Known("New York hears the New York Harbour Board."));
    }

    [Fact]
    public void A_name_has_its_capitals_and_a_topic_needs_none()
    {
        _desk.Add(ConceptKind.Place, "Reading");
        _desk.Add(ConceptKind.Organisation, "World Health Group", ["WHG"]);
        _desk.Add(ConceptKind.Topic, "Public transport");
        Assert.Equal(["Public transport"], _desk.Known("They were reading about public transport and a whg."));
        Assert.Equal(["Reading", "World Health Group"], _desk.Known("The WHG met in Reading."));
    }

    [Theory]
    [InlineData("Health care", "The ministry spends more on healthcare services.")]
    [InlineData("Export", "Exports rose while others exported less.")]
    [InlineData("Mining", "The mines are old.")]
    [InlineData("Water supply", "Water supplies were cut.")]
    public void A_topic_is_found_by_its_inflected_words(string topic, string text)
    {
        _desk.Add(ConceptKind.Topic, topic);
        Assert.Equal([topic], _desk.Known(text));
    }

    [Theory]
    [InlineData("Café Métropole", "They met at the Cafe Metropole.")]
    [InlineData("Straße der Einheit", "An der Strasse der Einheit, an der STRASSE DER EINHEIT.")]
    [InlineData("Tōkyō", "In Tokyo's streets.")]
    [InlineData("Зелёный мост", "Открыт Зеленый мост.")]
    [InlineData("U.N.", "The UN agreed.")]
    public void Accents_dots_and_genitives_do_not_part_a_name_from_its_text(string name, string text)
    {
        _desk.Add(ConceptKind.Organisation, name);
        Assert.Equal([name], _desk.Known(text));
    }

    [Fact]
    public void A_name_does_not_reach_over_the_end_of_a_sentence_or_a_comma()
    {
        _desk.Add(ConceptKind.Place, "Port Arthur");
        Assert.Empty(_desk.Known("It left the Port. Arthur waved.", "To Port, Arthur."));
        Assert.Equal(["Port Arthur"], _desk.Known("It left Port Arthur."));
    }

    [Fact]
    public void A_country_is_meant_by_its_adjective_and_by_what_lies_in_it()
    {
        var japan = _desk.Add(ConceptKind.Place, "Japan", country: "JP", isCountry: true);
        _desk.Add(ConceptKind.Place, "Tokyo", country: "JP", parent: japan);
        Assert.Equal(["Japan"], _desk.Known("The Japanese government resigned."));
        var tokyo = Assert.Single(_desk.Suggest(Newsdesk.Story("Rain in Tokyo", "Tokyo is wet.")), one => one.Concept == japan);
        Assert.Contains("Tokyo lies within it", tokyo.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "Japan", true)]
    [InlineData(null, "Tokyo", false)]
    [InlineData(false, "Japan", false)]
    [InlineData(true, "Nippon", true)]
    public void A_place_without_a_kind_is_the_country_of_its_code_where_it_has_its_name(bool? isCountry, string name, bool named)
    {
        _desk.Add(ConceptKind.Place, name, country: "JP", isCountry: isCountry);
        Assert.Equal(named ? [name] : [], _desk.Known("The Japanese government resigned."));
    }

    [Fact]
    public void A_surname_means_the_person_whose_full_name_the_text_has()
    {
        _desk.Add(ConceptKind.Person, "Anna Smith", prior: 50);
        _desk.Add(ConceptKind.Person, "Boris Smith");
        Assert.Equal(["Boris Smith"], _desk.Known("Boris Smith opened the bridge.", "Smith praised it."));
        Assert.Equal(["Anna Smith"], _desk.Known("Minister Smith opened the bridge."));
        Assert.Empty(_desk.Known("Later Carol Smith opened the bridge."));
    }

    [Fact]
    public void A_name_of_several_is_the_one_that_fits_the_rest_of_the_story()
    {
        var usa = _desk.Add(ConceptKind.Place, "United States", country: "US", prior: 500);
        _desk.Add(ConceptKind.Place, "Atlanta", parent: usa);
        var caucasus = _desk.Add(ConceptKind.Place, "Caucasus");
        var state = _desk.Add(ConceptKind.Place, "Georgia", parent: usa, prior: 20);
        var country = _desk.Add(ConceptKind.Place, "Georgia", parent: caucasus);
        Assert.Contains(_desk.Suggest("Georgia votes, says the United States."), one => one.Concept == state);
        var found = _desk.Suggest("Georgia votes, and so does all of the Caucasus.");
        Assert.DoesNotContain(found, one => one.Concept == state);
        Assert.Contains("Georgia", Assert.Single(found, one => one.Concept == country).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_tagged_together_in_the_archive_decides_between_two_of_a_name()
    {
        var singer = _desk.Add(ConceptKind.Person, "Jo Field");
        var player = _desk.Add(ConceptKind.Person, "Jo Field");
        var club = _desk.Add(ConceptKind.Organisation, "Harbour Rovers");
        _desk.Archive.SetTogether(player, club, 12);
        Assert.Contains(_desk.Suggest("Jo Field left the Harbour Rovers."), one => one.Concept == player);
        _desk.Archive.SetTogether(player, club, 0);
        _desk.Archive.SetTogether(singer, club, 12);
        Assert.Contains(_desk.Suggest("Jo Field left the Harbour Rovers."), one => one.Concept == singer);
    }

    [Fact]
    public void A_refusal_lowers_the_score_where_the_text_has_the_refused_name()
    {
        var mobile = _desk.Add(ConceptKind.Place, "Mobile", ["Mobile City"]);
        var before = _desk.Suggest("It was seen in Mobile.").Single(one => one.Concept == mobile);
        _desk.Archive.SetRefused(mobile, "Mobile", 3);
        var after = _desk.Suggest("It was seen in Mobile.").Single(one => one.Concept == mobile);
        Assert.True(after.Score < before.Score / 2, $"{before.Score} {after.Score}");
        Assert.Contains("refused", after.Why, StringComparison.Ordinal);
        var other = _desk.Suggest("It was seen in Mobile City.").Single(one => one.Concept == mobile);
        Assert.Equal(before.Score, other.Score, 6);
    }

    [Fact]
    public void Evidence_is_counted_in_code_points()
    {
        _desk.Add(ConceptKind.Place, "Westhaven");
        var evidence = Assert.Single(Assert.Single(_desk.Suggest("🌉🌉 Westhaven")).Evidence);
        Assert.Equal(new("/body/0", 3, 9, "Westhaven"), evidence);
    }

    [Fact]
    public void Evidence_is_the_text_at_its_offset_whatever_the_text_is()
    {
        _desk.Add(ConceptKind.Place, "Ab");
        _desk.Add(ConceptKind.Topic, "Trade");
        var piece = Gen.OneOf(Gen.Const("Ab"), Gen.Const("trades"), Gen.Const("🌉"), Gen.Const("’s “"), Gen.Const(". "), Gen.String);
        piece
            .Array[0, 20]
            .Sample(pieces =>
            {
                var text = string.Join(' ', pieces);
                var characters = text.EnumerateRunes().Select(rune => rune.ToString()).ToList();
                foreach (var evidence in _desk.Suggest(text).SelectMany(one => one.Evidence).Where(one => one.Pointer == "/body/0"))
                    Assert.Equal(
                        evidence.Text,
                        string.Concat(characters.Skip(evidence.Offset).Take(evidence.Length)),
                        StringComparer.Ordinal
                    );
            });
    }

    [Fact]
    public void The_index_finds_what_is_there_after_any_order_of_changes()
    {
        string[] names = ["North Sea", "North", "Sea Bank", "North Sea Bank", "Bank"];
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 4], Gen.Bool)
            .Array[1, 30]
            .Sample(changes =>
            {
                var ids = Enumerable.Range(0, 5).Select(_ => Guid.CreateVersion7()).ToArray();
                var index = new NameIndex([]);
                var expected = new Dictionary<Guid, string>();
                foreach (var (concept, name, adds) in changes)
                    if (adds)
                    {
                        index.Set(new(ids[concept], ConceptKind.Organisation, names[name], []));
                        expected[ids[concept]] = names[name];
                    }
                    else
                    {
                        index.Remove(ids[concept]);
                        expected.Remove(ids[concept]);
                    }
                Assert.Equal(expected.Count, index.Count);
                foreach (var name in names)
                {
                    var found = new SuggestionEngine(index, new()).Suggest(Newsdesk.Story("x", $"It is the {name}."));
                    var longest = expected.Values.Where(one => name.Contains(one, StringComparison.Ordinal)).MaxBy(one => one.Length);
                    var suggested = found.Where(one => one.Concept is not null).Select(one => expected[one.Concept!.Value]).ToList();
                    Assert.Equal(longest is null, suggested.Count == 0);
                    Assert.True(longest is null || suggested.Contains(longest), $"{longest} in {name}: {string.Join(", ", suggested)}");
                }
            });
    }
}
