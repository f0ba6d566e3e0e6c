using System.Reflection;
using System.Text.RegularExpressions;
using FluentValidation;
using FluentValidation.Results;
using HeadlessCms.Api.Platform.Problems;

namespace HeadlessCms.Api.Platform.Input;

/// <summary>Runs the validator of a request, all rules at once, and names what is wrong by JSON Pointer.</summary>
internal static partial class Validation
{
    public static async Task<InvalidProblem?> ProblemOfAsync<T>(IValidator<T> validator, T request, CancellationToken cancellation)
    {
        var result = await validator.ValidateAsync(request, cancellation);
        return result.IsValid ? null : new InvalidProblem([.. result.Errors.Select(Error)]);
    }

    /// <summary>Every argument of a handler that has a validator must be there, unless it may be missing, and pass it.</summary>
    public static EndpointFilterDelegate Filter(EndpointFilterFactoryContext factory, EndpointFilterDelegate next)
    {
        var nullability = new NullabilityInfoContext();
        var validated = factory.MethodInfo.GetParameters()
            .Select((parameter, index) => (index, type: typeof(IValidator<>).MakeGenericType(parameter.ParameterType), isOptional: nullability.Create(parameter).ReadState == NullabilityState.Nullable))
            .Where(argument => factory.ApplicationServices.GetService<IServiceProviderIsService>()!.IsService(argument.type))
            .ToArray();
        if (validated.Length == 0) return next;
        return async invocation =>
        {
            foreach (var (index, type, isOptional) in validated)
            {
                if (invocation.Arguments[index] is not { } request)
                {
                    if (isOptional) continue;
                    return new UnreadableProblem(InputError.At("", "required", "A JSON body is required.")); // the framework can't tell of a generic handler's
                }

                var validator = (IValidator)invocation.HttpContext.RequestServices.GetRequiredService(type);
                var result = await validator.ValidateAsync(new ValidationContext<object>(request), invocation.HttpContext.RequestAborted);
                if (!result.IsValid) return new InvalidProblem([.. result.Errors.Select(Error)]);
            }

            return await next(invocation);
        };
    }

    private static InputError Error(ValidationFailure failure) => InputError.At(Pointer(failure.PropertyName), Code(failure.ErrorCode), failure.ErrorMessage);

    private static string Pointer(string property) =>
        string.Concat(Segment().Matches(property).Select(segment => "/" + System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(segment.Value)));

    private static string Code(string code) => code switch
    {
        "NotEmptyValidator" or "NotNullValidator" => "required",
        "MaximumLengthValidator" => "tooLong",
        "InclusiveBetweenValidator" or "GreaterThanOrEqualValidator" or "GreaterThanValidator" => "outOfRange",
        "RegularExpressionValidator" => "invalidForm",
        _ when code.EndsWith("Validator", StringComparison.Ordinal) => "invalid",
        _ => code,
    };

    [GeneratedRegex(@"[^.\[\]]+")]
    private static partial Regex Segment();
}
