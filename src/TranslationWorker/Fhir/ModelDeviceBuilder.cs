using Hl7.Fhir.Model;

using Series = Gateway.Persistence.Series;

namespace Gateway.TranslationWorker;

/// <summary>Who made it, as FHIR R4 Device: one for each version of a model, one for the gateway that put the study together.</summary>
public sealed class ModelDeviceBuilder(SiteOptions site)
{
    /// <summary>Version of the gateway's software.</summary>
    private static readonly string Software = typeof(ModelDeviceBuilder).Assembly.GetName().Version?.ToString(3) ?? "0";

    /// <summary>Resource id of a model version: the version 5 UUID of its Device UID.</summary>
    public static string IdOf(string deviceUid) => NameBasedUuid.Create(NameBasedUuid.Oid, deviceUid).ToString();

    /// <summary>Resource id of this site's gateway.</summary>
    public string GatewayId => site.SerialNumber;

    /// <summary>The model version that made <paramref name="derived"/>, which must name its Device UID.</summary>
    public Device Build(Series derived)
    {
        var uid = derived.ModelDeviceUid ?? throw new ArgumentException("The series names no model device.", nameof(derived));
        var name = FhirText.Of(derived.ModelName) ?? "unnamed model";
        var device = Create(IdOf(uid), name, new CodeableConcept { Coding = [FhirTerms.ArtificialIntelligence()] });
        device.Meta = new Meta { Profile = [FhirTerms.Transparency + "StructureDefinition/AI-Device"] };
        device.Identifier = [FhirTerms.DicomUid(uid)];
        device.Version = [Version("model", name), .. WeightsVersion(derived.ModelDigest)];
        return device;
    }

    /// <summary>The gateway itself.</summary>
    public Device BuildGateway()
    {
        var device = Create(GatewayId, "Gateway", new CodeableConcept { Text = "DICOM and FHIR integration gateway" });
        device.Identifier = [new(FhirTerms.UriSystem, "urn:uuid:" + site.SerialNumber)];
        device.SerialNumber = site.SerialNumber;
        device.Version = [Version("software", Software)];
        return device;
    }

    private Device Create(string id, string name, CodeableConcept type) => new()
    {
        Id = id,
        Status = Device.FHIRDeviceStatus.Active,
        Manufacturer = FhirText.Of(site.Organization),
        DeviceName = [new() { Name = name, Type = DeviceNameType.ModelName }],
        Type = type,
    };

    private static IEnumerable<Device.VersionComponent> WeightsVersion(string? digest) =>
        FhirText.Of(digest) is { } sha256 ? [Version("weights-sha256", sha256)] : [];

    private static Device.VersionComponent Version(string what, string value) =>
        new() { Type = new CodeableConcept { Text = what }, Value = value };
}
