using System.Text.Json.Nodes;

namespace Gateway.TranslationWorker;

/// <summary>What an external FHIR server is to hold of a study. References are those of our own resources.</summary>
/// <param name="Study">The ImagingStudy, tagged as this gateway's.</param>
/// <param name="Companions">What it refers to: devices, their cards, the endpoint of the images.</param>
/// <param name="Records">How each synthetic series came to be.</param>
/// <param name="AccessionNumber">By which its order is found; null where that is not known.</param>
/// <param name="Gone">UIDs of series and images that the gateway has and that do not count.</param>
/// <param name="Made">UIDs of series that the gateway made.</param>
internal sealed record ServerStudy(
    JsonObject Study, IReadOnlyList<FhirServerCompanions.Once> Companions, IReadOnlyList<FhirServerCompanions.Once> Records,
    string? AccessionNumber, IReadOnlySet<string> Gone, IReadOnlySet<string> Made);
