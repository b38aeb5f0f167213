using System.Text;
using Hl7.Fhir.Model;

using Series = Gateway.Persistence.Series;

namespace Gateway.TranslationWorker;

/// <summary>The card of a model as FHIR R4 DocumentReference (HL7 AI Transparency on FHIR, "AI Model-Card").</summary>
public static class ModelCardBuilder
{
    /// <summary>Leads from a model's Device to its card.</summary>
    public const string ExtensionUrl = FhirTerms.Transparency + "StructureDefinition/aitransparency.modelCardDescription";

    /// <param name="series">A derived series that names its model device.</param>
    /// <param name="card">Markdown.</param>
    public static DocumentReference Build(Series series, string card) => new()
    {
        Id = NameBasedUuid.Create(NameBasedUuid.Gateway, "card|" + series.ModelDeviceUid).ToString(),
        Meta = new Meta { Profile = [FhirTerms.Transparency + "StructureDefinition/AI-ModelCard"] },
        Identifier = [FhirTerms.DicomUid(series.ModelDeviceUid!)],
        Status = DocumentReferenceStatus.Current,
        Type = Code("AIModelCard", "AI Model-Card"),
        Category = [Code("AIModelCardMarkdownFormat", "Markdown Format")],
        Content =
        [
            new()
            {
                Attachment = new()
                {
                    ContentType = "text/markdown",
                    Data = Encoding.UTF8.GetBytes(card),
                    Title = FhirText.Of(series.ModelName),
                },
            },
        ],
    };

    private static CodeableConcept Code(string code, string display) =>
        new() { Coding = [new(FhirTerms.Transparency + "CodeSystem/AIinputsCS", code, display)] };
}
