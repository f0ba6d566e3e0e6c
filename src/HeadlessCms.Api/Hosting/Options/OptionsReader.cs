using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using HeadlessCms.Core;
using HeadlessCms.Core.Webhooks;

namespace HeadlessCms.Api.Hosting.Options;

/// <summary>
/// Binds a configuration section to an options object. Unlike the framework's binder it finds everything that is wrong at once.
/// </summary>
internal sealed class OptionsReader(string root)
{
    private static readonly Dictionary<Type, (string Expected, Func<string, object> Parse)> Forms = new()
    {
        [typeof(string)] = ("a text", text => text),
        [typeof(bool)] = ("true or false", text => bool.Parse(text)),
        [typeof(int)] = ("a whole number", text => int.Parse(text, CultureInfo.InvariantCulture)),
        [typeof(long)] = ("a whole number", text => long.Parse(text, CultureInfo.InvariantCulture)),
        [typeof(double)] = ("a number such as 0.9", text => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)),
        [typeof(TimeSpan)] = ("a time such as 00:00:15", text => TimeSpan.Parse(text, CultureInfo.InvariantCulture)),
        [typeof(SlugScript)] = ("ascii or unicode", ParseName<SlugScript>),
        [typeof(CdnProvider)] = ("none, varnish, fastly or cloudflare", ParseName<CdnProvider>),
        [typeof(RetrySchedule)] = ("a list of times such as 00:00:05, 00:05, 1.00:00", RetrySchedule.Parse),
        [typeof(IReadOnlyList<string>)] = ("a list of texts", text =>
            text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        ),
    };

    private string[]? _names;

    /// <summary>One line for each setting that is wrong.</summary>
    public List<string> Errors { get; } = [];

    /// <summary>The full names of the settings of <paramref name="options"/>, under <paramref name="path"/>.</summary>
    public static IEnumerable<string> Names(Type options, string path) =>
        Settings(options)
            .SelectMany(setting => IsGroup(setting) ? Names(setting.PropertyType, $"{path}:{setting.Name}") : [$"{path}:{setting.Name}"]);

    public void Read(object options, IConfigurationSection section)
    {
        _names = [.. Names(options.GetType(), root)];
        ReadGroup(options, section, root);
    }

    private void ReadGroup(object group, IConfigurationSection section, string path)
    {
        var settings = Settings(group.GetType());
        foreach (var child in section.GetChildren())
        {
            var setting = Array.Find(settings, known => known.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase));
            if (setting is null)
                RefuseUnknown(child, path);
            else if (!IsGroup(setting))
                ReadValue(group, setting, child, $"{path}:{setting.Name}");
            else if (!string.IsNullOrWhiteSpace(child.Value))
                Errors.Add($"{path}:{setting.Name} is a group of settings and has no value of its own.");
            else
                ReadGroup(setting.GetValue(group)!, child, $"{path}:{setting.Name}");
        }
    }

    private void ReadValue(object group, PropertyInfo setting, IConfigurationSection section, string name)
    {
        var isList = setting.PropertyType == typeof(IReadOnlyList<string>);
        var below = section.GetChildren().ToList();
        if (below.Count > 0 && !isList)
        {
            foreach (var child in below)
                RefuseUnknown(child, name);
            return;
        }

        var text = below.Count > 0 ? string.Join(',', below.Select(child => child.Value)) : section.Value?.Trim();
        if (string.IsNullOrEmpty(text))
            return;
        var (expected, parse) = Forms[Nullable.GetUnderlyingType(setting.PropertyType) ?? setting.PropertyType];
        try
        {
            setting.SetValue(group, parse(text));
        }
        catch (Exception malformed) when (malformed is FormatException or OverflowException)
        {
            Errors.Add($"{name} is '{text}'; it must be {expected}.");
            return;
        }

        var wrong = new List<ValidationResult>();
        var context = new ValidationContext(group) { MemberName = setting.Name, DisplayName = name };
        Validator.TryValidateProperty(setting.GetValue(group), context, wrong);
        Errors.AddRange(wrong.Select(result => result.ErrorMessage!.Replace("The field ", "", StringComparison.Ordinal)));
    }

    private void RefuseUnknown(IConfigurationSection section, string path)
    {
        foreach (var (key, value) in section.AsEnumerable().Where(pair => pair.Value is not null))
        {
            var name = path + key[section.Path.LastIndexOf(':')..];
            // A setting of the same name in another group is nearer than one that is only spelled alike.
            var own = name[name.LastIndexOf(':')..];
            var (nearest, distance) = _names!
                .Select(known => (Name: known, Distance: Distance(known, name)))
                .MinBy(known => (!known.Name.EndsWith(own, StringComparison.OrdinalIgnoreCase), known.Distance));
            Errors.Add(distance <= name.Length / 2 ? $"{name} is unknown; did you mean {nearest}?" : $"{name} is unknown.");
        }
    }

    private static PropertyInfo[] Settings(Type options) => options.GetProperties(BindingFlags.Instance | BindingFlags.Public);

    private static bool IsGroup(PropertyInfo setting) => !setting.CanWrite;

    private static object ParseName<T>(string text)
        where T : struct, Enum =>
        Enum.GetNames<T>().Contains(text, StringComparer.OrdinalIgnoreCase)
            ? Enum.Parse<T>(text, ignoreCase: true)
            : throw new FormatException();

    private static int Distance(string one, string other) =>
        Quickenshtein.Levenshtein.GetDistance(one.ToUpperInvariant(), other.ToUpperInvariant());
}
