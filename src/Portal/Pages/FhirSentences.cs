using Gateway.Persistence;

namespace Gateway.Portal.Pages;

/// <summary>What people are told of the external FHIR server.</summary>
internal static class FhirSentences
{
    /// <summary>Of one study.</summary>
    public static string Told(FhirPublication study) => study.State switch
    {
        DeliveryState.Delivered => $"the FHIR server holds version {study.Held}"
            + (study.PublishedAt is { } at ? $" since {At(at)}" : ""),
        DeliveryState.Parked => $"the FHIR server refuses version {study.Wanted}: {study.Error}",
        _ when study.TriedAt is { } at =>
            $"version {study.Wanted} waits for the FHIR server, {Sentences.Count(study.Attempts, "try", "tries")}, "
            + $"the last at {At(at)}: {study.Error}",
        _ => $"version {study.Wanted} waits for the FHIR server",
    };

    /// <summary>Of all.</summary>
    public static string Waiting(WaitingPublications all) =>
        $"{Sentences.Count(all.Waiting, "study waits", "studies wait")} for the FHIR server since {At(all.Since!.Value)}"
        + (all.TriedAt is { } at ? $", {Sentences.Count(all.Attempts, "try", "tries")}, the last at {At(at)}: {all.Error}" : ".");

    private static string At(DateTimeOffset moment) => $"{moment.UtcDateTime:yyyy-MM-dd HH:mm} UTC";
}
