namespace HeadlessCms.Core.Articles;

/// <summary>The revision that a translation was made of.</summary>
/// <param name="ArticleId">The original article, which is no translation itself.</param>
/// <param name="Revision">The number of its revision.</param>
public sealed record Original(Guid ArticleId, int Revision);

/// <summary>Another article of the same story has a language: the rule <c>languageTaken</c>.</summary>
/// <param name="language">The language.</param>
/// <param name="holder">The article that has it.</param>
public sealed class LanguageTakenException(string language, SlugHolder holder)
    : RuleException("languageTaken", $"The article '{holder.Name}', which is {holder.Status}, has the language '{language}' in that story.")
{
    /// <summary>The article that has the language.</summary>
    public SlugHolder Holder { get; } = holder;
}
