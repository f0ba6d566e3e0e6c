using System.Reflection;
using System.Text.RegularExpressions;
using FluentValidation;
using FluentValidation.Results;
using HeadlessCms.Api.Http.Problems;

namespace HeadlessCms.Api.Http.Input;

/// <summary>Runs the validator of a request and reports all errors, each with a JSON Pointer.</summary>
internal static partial class Validation
{
    private const string Services = "services";

    /// <summary>Returns null if the request is valid.</summary>
    public static async Task<InvalidProblem?> ProblemOfAsync(
        IValidator validator,
        object request,
        IServiceProvider services,
        CancellationToken cancellation
    )
    {
        var result = await validator.ValidateAsync(
            new ValidationContext<object>(request) { RootContextData = { [Services] = services } },
            cancellation
        );
        return result.IsValid ? null : new InvalidProblem([.. result.Errors.Select(Error)]);
    }

    /// <summary>Resolves a scoped service of the current request, because validators are singletons.</summary>
    public static T Service<T>(this IValidationContext context)
        where T : notnull => ((IServiceProvider)context.RootContextData[Services]).GetRequiredService<T>();

    /// <summary>Validates each argument of a handler that has a validator; an argument may be missing only if it is nullable.</summary>
    public static EndpointFilterDelegate Filter(EndpointFilterFactoryContext factory, EndpointFilterDelegate next)
    {
        var nullability = new NullabilityInfoContext();
        var validated = factory
            .MethodInfo.GetParameters()
            .Select(
                (parameter, index) =>
                    (
                        index,
                        type: typeof(IValidator<>).MakeGenericType(parameter.ParameterType),
                        isOptional: nullability.Create(parameter).ReadState == NullabilityState.Nullable
                    )
            )
            .Where(argument => factory.ApplicationServices.GetService<IServiceProviderIsService>()!.IsService(argument.type))
            .ToArray();
        if (validated.Length == 0)
            return next;
        return async invocation =>
        {
            foreach (var (index, type, isOptional) in validated)
            {
                if (invocation.Arguments[index] is not { } request)
                {
                    if (isOptional)
                        continue;
                    // The framework does not detect a missing body of a generic handler.
                    return new UnreadableProblem(InputError.At("", "required", "A JSON body is required."));
                }

                var services = invocation.HttpContext.RequestServices;
                if (
                    await ProblemOfAsync(
                        (IValidator)services.GetRequiredService(type),
                        request,
                        services,
                        invocation.HttpContext.RequestAborted
                    ) is
                    { } invalid
                )
                    return invalid;
            }

            return await next(invocation);
        };
    }

    private static InputError Error(ValidationFailure failure) =>
        InputError.At(Pointer(failure.PropertyName), Code(failure.ErrorCode), failure.ErrorMessage);

    private static string Pointer(string property) =>
        string.Concat(
            Segment().Matches(property).Select(segment => "/" + System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(segment.Value))
        );

    private static string Code(string code) =>
        code switch
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
