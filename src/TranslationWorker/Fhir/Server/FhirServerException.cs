namespace Gateway.TranslationWorker;

/// <summary>A FHIR server did not take what it was sent. The message holds codes and paths, no values of resources.</summary>
internal sealed class FhirServerException(string message, int? status = null) : Exception(message)
{
    /// <summary>HTTP status; null where it gave none.</summary>
    public int? Status { get; } = status;

    /// <summary>It will never be taken as it is: a person has to look.</summary>
    public bool IsRefusal { get; init; }

    /// <summary>The study has no part in it: whatever is sent now will not be taken.</summary>
    public bool IsAway { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    public static FhirServerException Refused(string message, int? status = null) => new(message, status) { IsRefusal = true };

    public static FhirServerException Away(string message) => new(message) { IsAway = true };

    /// <summary>By the status of an answer that is no success. That a client may not write, or finds no such endpoint, is a matter of
    /// its configuration, and no study's fault.</summary>
    public static FhirServerException Of(FhirAnswer answer, string what) => new($"{what}: {OutcomeText.Of(answer)}", answer.Status)
    {
        IsRefusal = answer.Status is 400 or 406 or 410 or 413 or 415 or 422,
        IsAway = answer.Status is not (400 or 406 or 409 or 410 or 412 or 413 or 415 or 422),
        RetryAfter = answer.RetryAfter,
    };
}
