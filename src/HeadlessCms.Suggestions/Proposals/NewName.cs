using HeadlessCms.Core.Concepts;

namespace HeadlessCms.Suggestions;

/// <summary>A name in a story that is none of the vocabulary's.</summary>
internal sealed class NewName(ConceptKind kind, string name)
{
    public ConceptKind Kind { get; } = kind;
    public string Name { get; } = name;
    public string? CountryCode { get; init; }
    public SortedSet<(int Part, int First, int Last)> Places { get; } = [];
    public Role? Role { get; private set; }

    public void Add(int part, int first, int last) => Places.Add((part, first, last));

    public void Describe(Role? role)
    {
        if (role is not null && (Role is null || (role.Weight, role.Text.Length).CompareTo((Role.Weight, Role.Text.Length)) > 0))
            Role = role with { Honorific = role.Honorific ?? Role?.Honorific };
    }
}
