using System.Collections.Frozen;

namespace HeadlessCms.Suggestions;

/// <summary>The English words by which a text says what kind of thing a name is.</summary>
internal static class ProposalWords
{
    /// <summary>What a name of an organisation has in it: "Liberal Democratic Party", "Bank of Japan".</summary>
    public static readonly FrozenSet<string> Organisations = Set(
        "academy administration agency airline airlines airways alliance army assembly association authority bank board "
            + "brigade bureau cabinet chamber church club co college commission committee company confederation congress "
            + "consortium cooperative corp corporation council court department directorate embassy exchange federation "
            + "foundation fund government group holdings inc industries institute institution league ltd ministry movement "
            + "museum observatory office organisation organization parliament partnership party plc police secretariat senate "
            + "service services society syndicate trust union united university"
    );

    /// <summary>What a name of an event ends with: "“Central Asia + Japan” Dialogue", "World Cup".</summary>
    public static readonly FrozenSet<string> Events = Set(
        "championship championships conference congress convention cup dialogue exhibition expo exposition fair "
            + "festival forum games olympics prix referendum regatta summit symposium tournament"
    );

    /// <summary>The bodies that a text describes and does not name: "press service of the Tajik president".</summary>
    public static readonly IReadOnlyList<string[]> Bodies =
    [
        ["press", "service"],
        ["press", "office"],
        ["central", "bank"],
        ["foreign", "ministry"],
        ["finance", "ministry"],
        ["defence", "ministry"],
        ["defense", "ministry"],
        ["interior", "ministry"],
        ["security", "council"],
        ["supreme", "court"],
        ["constitutional", "court"],
        ["embassy"],
        ["administration"],
        ["office"],
        ["secretariat"],
    ];

    /// <summary>What may stand inside a name in small letters.</summary>
    public static readonly FrozenSet<string> Particles = Set("de von van der den bin ibn al el la le du da dos del di ter");

    /// <summary>What joins the words of an organisation's name.</summary>
    public static readonly FrozenSet<string> Joints = Set("of for and the");

    /// <summary>What stands before an office and belongs to it.</summary>
    public static readonly FrozenSet<string> Modifiers = Set(
        "former deputy vice acting assistant senior junior chief prime foreign finance interior defence defense trade "
            + "energy agriculture health education economy justice oil industry transport labour labor first lady interim "
            + "outgoing incoming late ex newly elected state managing general executive financial operating press central "
            + "bank party opposition party's company's group's"
    );

    /// <summary>After these a name is a place.</summary>
    public static readonly FrozenSet<string> Locatives = Set("in near outside throughout across");

    /// <summary>Capitalised words that name nothing of a newsroom's vocabulary.</summary>
    public static readonly FrozenSet<string> Calendar = Set(
        "january february march april may june july august september october november december monday tuesday wednesday "
            + "thursday friday saturday sunday jan feb mar apr jun jul aug sep sept oct nov dec christmas easter ramadan i"
    );

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
