using System.Text;
using static Gateway.TranslationWorker.Tests.Derived.DerivedSample;

namespace Gateway.TranslationWorker.Tests.Derived;

/// <summary>What the source's device and its sender say of themselves and of the patient.</summary>
public sealed class DerivedOfScannersTests : IDisposable
{
    private readonly DerivedSample _sample = new();

    public void Dispose() => _sample.Dispose();

    [Fact]
    public void The_scanner_is_named_whole_among_those_who_contributed_and_the_gateway_as_the_maker()
    {
        var source = DerivedSources.Handmade(Shipped.T2ToCt)
            .Add(DicomTag.StationName, "MR1").Add(DicomTag.DeviceSerialNumber, "4711").Add(DicomTag.InstitutionName, "Krankenhaus")
            .Add(DicomTag.SoftwareVersions, "VB17", "2");

        var derived = Write(source, Shipped.T2ToCt).Dataset;

        var scanner = derived.GetSequence(DicomTag.ContributingEquipmentSequence).Items[2];
        Assert.Equal(
            ["ACME", "Scan 1", "MR1", "4711", "Krankenhaus", @"VB17\2"],
            ((DicomTag[])[
                DicomTag.Manufacturer, DicomTag.ManufacturerModelName, DicomTag.StationName, DicomTag.DeviceSerialNumber,
                DicomTag.InstitutionName, DicomTag.SoftwareVersions]).Select(scanner.GetString));
        Assert.Equal(("GATEWAY", "1"), (derived.GetString(DicomTag.StationName), derived.GetString(DicomTag.DeviceSerialNumber)));
        DerivedTools.Validate(_sample.Save(new DicomFile(derived), "derived.dcm"));
    }

    [Theory, InlineData("BRAIN", "12738006", "Brain"), InlineData("HEAD", "69536005", "Head"), InlineData("SKULL", "69536005", "Head")]
    public void The_region_is_said_by_its_code_as_in_words(string part, string code, string meaning)
    {
        var derived = Write(DerivedSources.Handmade(Shipped.CtToT2).AddOrUpdate(DicomTag.BodyPartExamined, part), Shipped.CtToT2);

        var region = derived.Dataset.GetSequence(DicomTag.AnatomicRegionSequence).Items.Single();
        Assert.Equal(
            [code, "SCT", meaning],
            ((DicomTag[])[DicomTag.CodeValue, DicomTag.CodingSchemeDesignator, DicomTag.CodeMeaning]).Select(region.GetString));
        DerivedTools.Validate(_sample.Save(derived, "derived.dcm"));
    }

    [Theory, InlineData(true), InlineData(false)]
    public void That_identity_was_removed_is_handed_on_and_how(bool says)
    {
        var source = DerivedSources.Handmade(Shipped.T2ToCt).Add(DicomTag.PatientIdentityRemoved, "YES")
            .Add(DicomTag.RecognizableVisualFeatures, "NO");
        if (says)
            source.Add(DicomTag.DeidentificationMethod, "by hand").Add(DicomTag.LongitudinalTemporalInformationModified, "REMOVED")
                .Add(new DicomSequence(
                    DicomTag.DeidentificationMethodCodeSequence, new DicomDataset()
                        .Add(DicomTag.CodeValue, "113100").Add(DicomTag.CodingSchemeDesignator, "DCM")
                        .Add(DicomTag.CodeMeaning, "Basic Application Confidentiality Profile")));

        var file = _sample.Save(Write(source, Shipped.T2ToCt), "derived.dcm");

        var derived = DicomFile.Open(file).Dataset;
        DerivedTools.Validate(file);
        Assert.Equal("YES", derived.GetString(DicomTag.PatientIdentityRemoved));
        Assert.Equal(says ? "by hand" : "Not said by the sender of the source image", derived.GetString(DicomTag.DeidentificationMethod));
        Assert.Equal(says, derived.Contains(DicomTag.DeidentificationMethodCodeSequence));
        Assert.Equal("NO", derived.GetString(DicomTag.RecognizableVisualFeatures));
    }

    [Theory, InlineData("ISO_IR 192"), InlineData(@"\ISO 2022 IR 87"), InlineData("GB18030")]
    public void Sixty_four_japanese_characters_anywhere_give_an_object_without_an_error_alone_or_beside_its_source(string set)
    {
        var source = Japanese(set, new string('\u982d', 64));
        var derived = _sample.Save(Write(source, Shipped.T2ToCt), "derived.dcm");

        DerivedTools.Validate(derived);
        DerivedTools.ValidateTogether(_sample.Save(new DicomFile(source), "source.dcm"), derived);
        Assert.False(DicomFile.Open(derived).Dataset.Contains(DicomTag.StudyDescription));
    }

    [Theory, InlineData("ISO_IR 192"), InlineData(@"\ISO 2022 IR 87"), InlineData("GB18030")]
    public void A_text_that_fits_is_the_source_s_own(string set)
    {
        var source = Japanese(set, new string('\u982d', 14));
        var derived = DicomFile.Open(_sample.Save(Write(source, Shipped.T2ToCt), "derived.dcm")).Dataset;

        Assert.Equal(new string('\u982d', 14), derived.GetString(DicomTag.StudyDescription));
        Assert.Equal(new string('\u982d', 14), derived.GetString(DicomTag.InstitutionName));
    }

    private DicomDataset Japanese(string set, string text)
    {
        var source = DerivedSources.Handmade(Shipped.T2ToCt).Remove(DicomTag.SpecificCharacterSet);
        source.AddOrUpdate(DicomTag.PatientName, "plain").AddOrUpdate(DicomTag.ReferringPhysicianName, "plain");
        source.AddOrUpdate(DicomVR.UN, DicomTag.SpecificCharacterSet, Encoding.ASCII.GetBytes(set));
        foreach (var tag in (DicomTag[])[
            DicomTag.StudyDescription, DicomTag.SeriesDescription, DicomTag.InstitutionName, DicomTag.Manufacturer,
            DicomTag.ManufacturerModelName, DicomTag.StationName, DicomTag.DeviceSerialNumber])
            source.AddOrUpdate(DicomVR.UN, tag, DicomText.Encode(text, set)!);
        return DicomFile.Open(_sample.Save(new DicomFile(source), "source.dcm")).Dataset;
    }
}
