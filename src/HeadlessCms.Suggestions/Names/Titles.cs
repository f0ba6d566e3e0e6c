using System.Collections.Frozen;

namespace HeadlessCms.Suggestions.Names;

/// <summary>The English words for offices and forms of address that stand before or after a person's name.</summary>
internal static class Titles
{
    private static readonly FrozenSet<string> Honorifics = new[]
    {
        "mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "lord", "lady", "dame", "king", "queen", "prince", "princess", "emperor",
        "empress", "sheikh", "sheik", "sultan", "emir", "pope", "cardinal", "archbishop", "bishop", "rabbi", "imam", "ayatollah", "general",
        "gen", "colonel", "col", "major", "captain", "capt", "lieutenant", "lt", "admiral", "sergeant", "sgt", "judge", "justice",
        "rev", "reverend", "mullah", "crown",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Offices = new[]
    {
        "president", "minister", "premier", "chancellor", "secretary", "governor", "gov", "senator", "sen", "representative", "rep",
        "congressman", "congresswoman", "mayor", "ambassador", "chairman", "chairwoman", "chair", "chief", "director", "leader", "spokesman",
        "spokeswoman", "spokesperson", "commissioner", "deputy", "head", "manager", "officer", "economist", "analyst", "treasurer",
        "speaker", "envoy", "commander", "founder", "coach", "captain", "editor", "author", "singer", "actor", "actress", "director-general",
        "administrator", "attorney", "undersecretary", "comptroller", "delegate", "negotiator", "executive", "partner", "trader", "lawyer",
        "candidate", "member", "lawmaker", "politician", "investor", "financier", "industrialist", "adviser", "advisor", "representative",
        "principal", "researcher", "scientist", "president-elect", "ruler", "monarch", "dictator", "boss", "aide", "official", "coordinator",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static bool IsHonorific(string folded) => Honorifics.Contains(folded);

    public static bool IsOffice(string folded) => Offices.Contains(folded);

    public static bool IsTitle(string folded) => Honorifics.Contains(folded) || Offices.Contains(folded);
}
