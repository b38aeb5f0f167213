using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker;

/// <summary>Says at the start what is wrong with <c>Fhir:Server</c>.</summary>
internal sealed class FhirServerCheck : IValidateOptions<FhirServerOptions>
{
    public ValidateOptionsResult Validate(string? name, FhirServerOptions options) =>
        options.Fault() is { } fault ? ValidateOptionsResult.Fail(fault) : ValidateOptionsResult.Success;
}
