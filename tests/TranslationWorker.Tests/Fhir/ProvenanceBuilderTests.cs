using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;

namespace Gateway.TranslationWorker.Tests;

public class ProvenanceBuilderTests
{
    private static readonly ModelDeviceBuilder Devices = new(new SiteOptions { Organization = "St. Example" });

    [Fact]
    public void The_model_version_is_a_device_that_is_told_apart_by_its_device_uid()
    {
        var derived = SampleStudy.Create().Series[1];
        var device = Read<Device>(Devices.Build(derived));

        derived.ModelDeviceUid = "2.25.101";
        var retrained = Read<Device>(Devices.Build(derived));

        Assert.Equal("urn:oid:2.25.100", device.Identifier.Single().Value);
        Assert.Equal("cyclegan-brain 1.2", device.DeviceName.Single().Name);
        Assert.Equal("Artificial-Intelligence", device.Type!.Coding.Single().Code);
        Assert.Equal(["cyclegan-brain 1.2", new string('a', 64)], device.Version.Select(v => v.Value));
        Assert.Equal("St. Example", device.Manufacturer);
        Assert.NotEqual(device.Id, retrained.Id);
    }

    [Fact]
    public void The_record_names_the_target_the_model_the_assembler_and_the_source()
    {
        var study = SampleStudy.Create();
        var recorded = SampleStudy.Received.AddMinutes(2);

        var record = Read<Provenance>(new ProvenanceBuilder(Devices).Build(study, study.Series[1], recorded));

        Assert.Equal($"ImagingStudy/{ImagingStudyBuilder.IdOf(study)}", record.Target.Single().Reference);
        Assert.Equal("AIAST", record.Reason.Single().Coding.Single().Code);
        Assert.Equal(recorded, record.Recorded);
        Assert.Equal("2026-11-02T09:01:00.000Z", Assert.IsType<Period>(record.Occurred).End);
        Assert.Equal(["author", "assembler"], record.Agent.Select(a => a.Type!.Coding.Single().Code));
        Assert.Equal("Device/" + ModelDeviceBuilder.IdOf(SampleStudy.DeviceUid), record.Agent[0].Who.Reference);
        var role = record.Agent[0].Role.Single();
        Assert.Equal(("Artificial-Intelligence", null, null), (role.Coding.Single().Code, role.Coding.Single().Display, role.Text));
        Assert.Equal("Device/" + Read<Device>(Devices.BuildGateway()).Id, record.Agent[1].Who.Reference);
        Assert.All(record.Entity, e => Assert.Equal(Provenance.ProvenanceEntityRole.Source, e.Role));
        Assert.Equal(
            ["urn:oid:" + SampleStudy.StudyUid, "urn:oid:" + SampleStudy.SourceUid],
            record.Entity.Select(e => e.What.Identifier!.Value));
    }

    private static T Read<T>(T resource)
        where T : Resource => FhirJsonDeserializer.STRICT.Deserialize<T>(FhirJson.Write(resource));
}
