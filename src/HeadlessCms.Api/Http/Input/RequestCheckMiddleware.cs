using System.Collections.Frozen;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using HeadlessCms.Api.Http.Problems;
using HeadlessCms.Core;
using HeadlessCms.Core.Concepts;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace HeadlessCms.Api.Http.Input;

/// <summary>The query parameters of an endpoint, read from its handler and its route group.</summary>
internal sealed class QueryRules(IEnumerable<QueryRule> rules, IEnumerable<RequiredQuery> required)
{
    private readonly RequiredQuery[] _required = [.. required];
    private readonly FrozenDictionary<string, QueryRule> _rules = rules.ToFrozenDictionary(rule => rule.Name);

    public IEnumerable<QueryRule> All => _rules.Values;

    /// <summary>The parameters of the kinds of concepts, in the order of these.</summary>
    public IEnumerable<QueryRule> OfKinds =>
        ConceptKindNames.All.Select(kind => _rules.GetValueOrDefault(kind.Singular)).OfType<QueryRule>();

    public List<InputError> Check(HttpRequest request)
    {
        var errors = new List<InputError>();
        var groups = 0;
        if (!IsUtf8(request.QueryString.Value ?? ""))
            errors.Add(InputError.InQuery("", "invalidText", "The query string is not UTF-8."));
        foreach (var (name, values) in request.Query)
        {
            if (!_rules.TryGetValue(name, out var rule))
                errors.Add(
                    InputError.InQuery(name, "unknown", $"The parameter '{name}' is unknown.") with
                    {
                        DidYouMean = errors.Count < InputError.MaxCount ? Nearest.Of(name, _rules.Keys) : null,
                    }
                );
            else if (values.Count > 1 && !rule.MayRepeat)
                errors.Add(InputError.InQuery(name, "repeated", "The parameter must not be repeated."));
            else if (rule is { MayRepeat: true, List: null } && (groups += values.Count) > QueryRule.MaxGroups)
                errors.Add(InputError.InQuery(name, "tooMany", $"At most {QueryRule.MaxGroups} repeated parameters are allowed."));
            else
                errors.AddRange(rule.Check(values).Take(1));
        }

        errors.AddRange(
            _required
                .Where(parameter => !request.Query.ContainsKey(parameter.Name))
                .Select(parameter => InputError.InQuery(parameter.Name, "required", "The parameter is required."))
        );
        return errors;
    }

    /// <summary>
    /// Rewrites checked instants in UTC: the binder of ASP.NET Core reads fewer forms of them, and keeps an offset, which Npgsql refuses.
    /// </summary>
    public void Normalize(HttpRequest request)
    {
        if (!request.Query.Keys.Any(IsInstant))
            return;
        request.Query = new QueryCollection(
            request.Query.ToDictionary(
                parameter => parameter.Key,
                parameter =>
                    IsInstant(parameter.Key) && StrictInstant.TryParseInQuery(parameter.Value.ToString(), out var instant)
                        ? new StringValues(instant.ToString("O", CultureInfo.InvariantCulture))
                        : parameter.Value,
                StringComparer.OrdinalIgnoreCase
            )
        );
    }

    private bool IsInstant(string name) => _rules.TryGetValue(name, out var rule) && rule.IsInstant;

    // ASP.NET Core would keep an escape sequence that it cannot decode as literal text.
    private static bool IsUtf8(string query) =>
        System.Text.Unicode.Utf8.IsValid(
            System.Net.WebUtility.UrlDecodeToBytes(
                System.Text.Encoding.UTF8.GetBytes(query),
                0,
                System.Text.Encoding.UTF8.GetByteCount(query)
            )
        );

    public static QueryRules Of(MethodInfo handler, IEnumerable<GroupQuery> groups, IEnumerable<RequiredQuery> required) =>
        new(handler.GetParameters().SelectMany(Of).Concat(groups.SelectMany(group => group.Rules)), required);

    private static IEnumerable<QueryRule> Of(ParameterInfo parameter) =>
        parameter.GetCustomAttribute<AsParametersAttribute>() is null ? [] : QueryRule.Of(parameter.ParameterType);
}

/// <summary>Query parameters, one per property of the type, that every endpoint of a route group accepts.</summary>
internal sealed class GroupQuery(Type query)
{
    public IEnumerable<QueryRule> Rules { get; } = [.. QueryRule.Of(query)];
}

/// <summary>A header that every endpoint of a route group accepts.</summary>
internal sealed record GroupHeader(string Name, string Description);

/// <summary>The constraints of a query parameter, read from the property to which it is bound.</summary>
internal sealed class QueryRule(PropertyInfo property, ConceptKindNames? kind = null)
{
    /// <summary>The maximum number of repetitions in a request, of all parameters that may be repeated.</summary>
    public const int MaxGroups = 10;

    /// <summary>The maximum number of alternatives, separated by commas, in one value of a parameter that may be repeated.</summary>
    public const int MaxAlternatives = 50;

    private readonly KindParametersAttribute? _kinds = property.GetCustomAttribute<KindParametersAttribute>();
    private readonly Type _type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
    private readonly ValidationAttribute[] _validations = [.. property.GetCustomAttributes<ValidationAttribute>()];

    /// <summary>Null unless the parameter is a list.</summary>
    public ListAttribute? List { get; } = property.GetCustomAttribute<ListAttribute>();

    public string Name { get; } = kind?.Singular ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    public bool MayRepeat => _kinds?.MayRepeat ?? _type.IsArray;

    /// <summary>Whether it is one of the parameters of the kinds of concepts.</summary>
    public bool IsOfKind => kind is not null;

    public bool IsInstant => _type == typeof(DateTimeOffset);

    /// <summary>For parameters whose XML comments the OpenAPI generator does not read: those of groups and of kinds of concepts.</summary>
    public string? Description =>
        kind?.Describe(_kinds!.Text) ?? property.GetCustomAttribute<System.ComponentModel.DescriptionAttribute>()?.Description;

    /// <summary>The allowed values; null if any value is allowed.</summary>
    public IReadOnlyList<string>? Names => _validations.OfType<OneOfAttribute>().SingleOrDefault()?.Names;

    /// <summary>The name of the schema that lists the allowed values, of the parameter or of the items of its list.</summary>
    public string? NamesAre => _validations.OfType<OneOfAttribute>().SingleOrDefault()?.NamesAre ?? List?.NamesAre;

    /// <summary>The parameters that are bound to the properties of a type.</summary>
    public static IEnumerable<QueryRule> Of(Type query) =>
        query
            .GetProperties()
            .SelectMany(property =>
                property.PropertyType == typeof(KindParameters)
                    ? ConceptKindNames.All.Select(kind => new QueryRule(property, kind))
                    : [new QueryRule(property)]
            );

    public IEnumerable<InputError> Check(IReadOnlyList<string?> sent)
    {
        if (List is null)
            return sent.Select(value =>
                    MayRepeat && ListAttribute.ValuesOf([value]).Count() > MaxAlternatives
                        ? Error("tooMany", $"At most {MaxAlternatives} values, separated by commas, are allowed.")
                        : Check(value ?? "")
                )
                .OfType<InputError>();
        string[] values = [.. ListAttribute.ValuesOf(sent)];
        if (values.Length > List.MaxCount)
            return [Error("tooMany", $"At most {List.MaxCount} values are allowed.")];
        return values
            .Select(value =>
                Check(value)
                ?? (
                    List.Names?.Contains(value) == false
                        ? Error("unknownValue", $"The value '{value}' is unknown.") with
                        {
                            DidYouMean = Nearest.Of(value, List.Names),
                        }
                        : null
                )
            )
            .OfType<InputError>();
    }

    private InputError? Check(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
            return Error("invalidText", "U+0000 is not allowed.");
        if (TextLength.Of(text) > 1_000)
            return Error("tooLong", "At most 1,000 characters are allowed.");
        object? value = text;
        if (_type == typeof(int))
        {
            if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
                return Error("wrongType", "An integer is expected.");
            value = number;
        }
        else if (_type == typeof(bool))
        {
            if (text is not ("true" or "false"))
                return Error("wrongType", "true or false is expected.");
        }
        else if (_type == typeof(Guid))
        {
            if (!Guid.TryParseExact(text, "D", out _))
                return Error("wrongType", "A UUID is expected.");
        }
        else if (_type == typeof(DateTimeOffset))
        {
            if (!StrictInstant.TryParseInQuery(text, out _))
                return Error(StrictInstant.Code, StrictInstant.ErrorOf(text));
        }

        return _validations.FirstOrDefault(rule => !rule.IsValid(value)) switch
        {
            null => null,
            RangeAttribute range => Error("outOfRange", $"The value must be from {range.Minimum} to {range.Maximum}."),
            SearchWordsAttribute when value is string { Length: > SearchWordsAttribute.MaxLength } => Error(
                "tooLong",
                $"At most {SearchWordsAttribute.MaxLength} characters are allowed."
            ),
            SearchWordsAttribute => Error("required", "The search text must not be empty."),
            OneOfAttribute allowed => Error("unknownValue", $"Expected one of: {string.Join(", ", allowed.Names)}.") with
            {
                DidYouMean = Nearest.Of(text, allowed.Names),
            },
            var rule => Error("invalid", rule.FormatErrorMessage(Name)),
        };
    }

    private InputError Error(string code, string detail) => InputError.InQuery(Name, code, detail);
}

/// <summary>Checks query parameters, the media type and the presence of If-Match before the handler runs.</summary>
internal sealed class RequestCheckMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        var query = endpoint?.Metadata.GetMetadata<QueryRules>();
        var problem = query?.Check(context.Request) is { Count: > 0 } errors
            ? new UnreadableProblem(errors)
            : MediaTypeProblem(context, endpoint) ?? PreconditionProblem(context, endpoint);
        if (problem is not null)
            return problem.ExecuteAsync(context);
        query?.Normalize(context.Request);
        if (endpoint?.Metadata.GetMetadata<IAcceptsMetadata>() is { } accepts)
            BodyErrors.Keep(context, accepts);
        return next(context);
    }

    private static ProblemResult? MediaTypeProblem(HttpContext context, Endpoint? endpoint)
    {
        if (endpoint?.Metadata.GetMetadata<IAcceptsMetadata>() is not { } accepts)
            return null;
        var sent = MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) ? type.MediaType.Value : null;
        if (sent is null && accepts.IsOptional && context.Request.ContentLength is null or 0)
            return null;
        var accepted = accepts.ContentTypes.ToList();
        if (endpoint.Metadata.GetMetadata<AcceptsForm>() is not null)
            accepted.AddRange(AcceptsForm.MediaTypes);
        if (endpoint.Metadata.GetMetadata<AcceptsText>() is not null)
            accepted.AddRange(AcceptsText.Formats.Keys.Order());
        if (FormBody.IsUtf8(type) && accepted.Contains(sent, StringComparer.OrdinalIgnoreCase))
            return null;
        var header = HttpMethods.IsPatch(context.Request.Method) ? "Accept-Patch" : "Accept-Post";
        context.Response.Headers[header] = string.Join(", ", accepted);
        return StatusProblems.Of(415);
    }

    private static ProblemResult? PreconditionProblem(HttpContext context, Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<RequiresIfMatch>() is null ? null
        : string.IsNullOrWhiteSpace(context.Request.Headers.IfMatch)
            ? new ProblemResult(
                428,
                "ifMatchRequired",
                "If-Match is required",
                "Send If-Match with the ETag of the version that was read, to avoid overwriting a concurrent change."
            )
        : IfMatch.ErrorOf(context.Request) is { } malformed ? new UnreadableProblem(malformed)
        : null;
}
