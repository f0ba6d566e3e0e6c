namespace HeadlessCms.Core;

/// <summary>The role of who acts does not allow a command in the current state.</summary>
/// <param name="message">What is refused and who may do it.</param>
public sealed class ForbiddenException(string message) : Exception(message);
