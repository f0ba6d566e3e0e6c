namespace HeadlessCms.Suggestions;

/// <summary>Which of a concept's names it is.</summary>
internal enum NameForm : byte
{
    /// <summary>A name, alias or label.</summary>
    Name,

    /// <summary>A short name in capitals: "IMF".</summary>
    Acronym,

    /// <summary>The last word of a person's name.</summary>
    Surname,

    /// <summary>The adjective of a country, and the name of its people: "Tajik", "Japanese".</summary>
    Adjective,
}
