namespace HeadlessCms.Api.Hosting.Options;

/// <summary>The app cannot start with these settings. The message is for whoever starts it: one line for each that is wrong.</summary>
internal sealed class InvalidSettingsException(params IEnumerable<string> lines) : Exception(string.Join(Environment.NewLine, lines));
