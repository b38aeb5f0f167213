using static Gateway.TranslationWorker.Tests.Derived.DerivedSample;

namespace Gateway.TranslationWorker.Tests.Derived;

/// <summary>What a derived object has to say, a row an attribute or a group of them.</summary>
public sealed class DerivedRowsTests : IDisposable
{
    private const string Absent = "(absent)";
    private readonly DerivedSample _sample = new();

    public void Dispose() => _sample.Dispose();

    /// <summary>Attribute, its values in a CT and in an MR; <c>=</c> is the source's, null is not asked.</summary>
    public static TheoryData<string, string?, string?> Rows => new()
    {
        { "SpecificCharacterSet", "=", "=" },
        { "ImageType", @"DERIVED\SECONDARY\AXIAL", @"DERIVED\SECONDARY\OTHER" },
        { "SyntheticData", "YES", "YES" },
        { "InstanceCreationDate", "20261123", "20261123" }, { "InstanceCreationTime", "003015", "003015" },
        { "ContentDate", "20261123", "20261123" }, { "ContentTime", "003015", "003015" },
        { "SeriesDate", "20261123", "20261123" }, { "SeriesTime", "003015", "003015" },
        { "TimezoneOffsetFromUTC", "=", "=" },
        { "SOPClassUID", "1.2.840.10008.5.1.4.1.1.2", "1.2.840.10008.5.1.4.1.1.4" },
        { "StudyDate", "=", "=" }, { "StudyTime", "=", "=" }, { "AccessionNumber", "=", "=" }, { "ReferringPhysicianName", "=", "=" },
        { "StudyID", "=", "=" }, { "StudyDescription", "=", "=" },
        { "Modality", "CT", "MR" },
        { "SeriesNumber", "1004", "1004" },
        { "SeriesDescription", "SYNTHETIC CT (AI) from ax - not for diagnosis", "SYNTHETIC MR (AI) from ax - not for diagnosis" },
        { "BodyPartExamined", "HEAD", "HEAD" }, { "AnatomicRegionSequence/CodeValue", "69536005", "69536005" },
        { "AnatomicRegionSequence/CodingSchemeDesignator", "SCT", "SCT" }, { "AnatomicRegionSequence/CodeMeaning", "Head", "Head" },
        { "PatientPosition", "=", "=" },
        { "Manufacturer", "Klinik", "Klinik" }, { "ManufacturerModelName", "Gateway", "Gateway" },
        { "SoftwareVersions", GatewayVersion.Text, GatewayVersion.Text },
        { "StationName", "GATEWAY", "GATEWAY" }, { "DeviceSerialNumber", "1", "1" }, { "InstitutionName", "=", "=" },
        { "PatientName", "=", "=" }, { "PatientID", "=", "=" }, { "IssuerOfPatientID", "=", "=" }, { "PatientBirthDate", "=", "=" },
        { "PatientSex", "=", "=" }, { "PatientAge", "=", "=" }, { "PatientSize", "=", "=" }, { "PatientWeight", "=", "=" },
        { "OtherPatientIDsSequence/PatientID", "P2", "P2" },
        { "PatientIdentityRemoved", Absent, Absent }, { "DeidentificationMethod", Absent, Absent },
        { "StudyInstanceUID", "=", "=" }, { "FrameOfReferenceUID", "=", "=" }, { "PositionReferenceIndicator", "=", "=" },
        { "ImagePositionPatient", "=", "=" }, { "ImageOrientationPatient", "=", "=" }, { "PixelSpacing", "=", "=" },
        { "SliceThickness", "=", "=" }, { "SliceLocation", "=", "=" }, { "SpacingBetweenSlices", "=", "=" },
        { "InstanceNumber", "=", "=" }, { "AcquisitionNumber", "=", Absent },
        { "AcquisitionDate", Absent, Absent }, { "AcquisitionTime", Absent, Absent },
        { "SamplesPerPixel", "1", "1" }, { "PhotometricInterpretation", "MONOCHROME2", "MONOCHROME2" },
        { "Rows", "=", "=" }, { "Columns", "=", "=" },
        { "BitsAllocated", "16", "16" }, { "BitsStored", "16", "12" }, { "HighBit", "15", "11" }, { "PixelRepresentation", "1", "0" },
        { "RescaleIntercept", "0", Absent }, { "RescaleSlope", "1", Absent }, { "RescaleType", "HU", Absent },
        { "KVP", "", Absent },
        { "ScanningSequence", Absent, "RM" }, { "SequenceVariant", Absent, "NONE" }, { "ScanOptions", Absent, "" },
        { "MRAcquisitionType", Absent, "" }, { "EchoTime", Absent, "" }, { "EchoTrainLength", Absent, "" },
        { "RepetitionTime", Absent, "" }, { "InversionTime", Absent, Absent }, { "TriggerTime", Absent, Absent },
        { "WindowCenter", @"40\40", null }, { "WindowWidth", @"120\80", null }, { "WindowCenterWidthExplanation", @"MODEL\BRAIN", null },
        { "PixelPaddingValue", Absent, Absent },
        { "SmallestImagePixelValue", Absent, Absent }, { "LargestImagePixelValue", Absent, Absent },
        { "BurnedInAnnotation", "NO", "NO" }, { "RecognizableVisualFeatures", "YES", "YES" }, { "LossyImageCompression", "00", "00" },
        { "ContentQualification", "RESEARCH", "RESEARCH" },
        { "DerivationCodeSequence/CodeValue", "113085", "113085" },
        { "SourceImageSequence/SpatialLocationsPreserved", "YES", "YES" },
        { "SourceImageSequence/ReferencedSOPInstanceUID", "2.25.1001", "2.25.1001" },
        { "ReferencedSeriesSequence/SeriesInstanceUID", "2.25.1003", "2.25.1003" },
        { "ReferencedImageSequence", Absent, Absent },
        { "ContributingEquipmentSequence/Manufacturer", "Klinik", "Klinik" },
        { "ContributingEquipmentSequence/ManufacturerModelName", "unet-resnet18 t2-ct", "unet-resnet18 ct-t2" },
        { "ContributingEquipmentSequence/SoftwareVersions", "1.2", "1.2" },
        { "RequestAttributesSequence", Absent, Absent }, { "IconImageSequence", Absent, Absent }, { "OverlayRows", Absent, Absent },
        { "PerformedProcedureStepID", Absent, Absent }, { "AlgorithmName", Absent, Absent },
    };

    [Theory, MemberData(nameof(Rows))]
    public void A_derived_object_says(string attribute, string? ct, string? mr)
    {
        foreach (var (direction, expected) in new[] { (Shipped.T2ToCt, ct), (Shipped.CtToT2, mr) })
        {
            if (expected is null)
                continue;
            var source = Source(direction);
            var derived = DicomFile.Open(_sample.Save(Write(source, direction), "derived.dcm")).Dataset;

            Assert.Equal(expected == "=" ? Value(source, attribute) : expected, Value(derived, attribute));
        }
    }

    [Theory, MemberData(nameof(DerivedSample.Directions), MemberType = typeof(DerivedSample))]
    public void A_derived_object_is_explicit_little_endian_of_an_implementation_of_ours_with_no_private_attribute(Direction direction)
    {
        var derived = DicomFile.Open(_sample.Save(Write(Source(direction), direction), "derived.dcm"));

        Assert.Equal("1.2.840.10008.1.2.1", derived.FileMetaInfo.TransferSyntax!.UID.UID);
        Assert.StartsWith("2.25.", derived.FileMetaInfo.GetString(DicomTag.ImplementationClassUID), StringComparison.Ordinal);
        Assert.DoesNotContain(derived.Dataset, item => item.Tag.Group % 2 == 1);
        var description = derived.Dataset.GetString(DicomTag.DerivationDescription);
        foreach (var fact in (string[])["SYNTHETIC", "unet-resnet18", "1.2", new('a', 64), "pipeline 1", "registered", "masked"])
            Assert.Contains(fact, description, StringComparison.Ordinal);
        DerivedTools.Validate(_sample.Save(derived, "again.dcm"));
    }

    /// <summary>With what must not be handed on.</summary>
    private static DicomDataset Source(Direction direction) => DerivedSources.Handmade(direction)
        .AddOrUpdate(DicomTag.InstitutionName, "Krankenhaus").AddOrUpdate(DicomTag.IssuerOfPatientID, "KH")
        .AddOrUpdate(DicomTag.SpacingBetweenSlices, "5.50")
        .AddOrUpdate(DicomTag.PatientSize, "1.70").AddOrUpdate(DicomTag.PatientWeight, "70.0")
        .AddOrUpdate(new DicomSequence(DicomTag.OtherPatientIDsSequence, new DicomDataset()
            .Add(DicomTag.PatientID, "P2").Add(DicomTag.TypeOfPatientID, "TEXT")))
        .AddOrUpdate(DicomTag.AcquisitionDate, "20260102").AddOrUpdate(DicomTag.AcquisitionTime, "030405")
        .AddOrUpdate(DicomTag.InversionTime, "100").AddOrUpdate(DicomTag.TriggerTime, "1")
        .AddOrUpdate(DicomTag.PerformedProcedureStepID, "7").AddOrUpdate(DicomTag.AlgorithmName, "x")
        .AddOrUpdate(new DicomSequence(DicomTag.RequestAttributesSequence, new DicomDataset().Add(DicomTag.ScheduledProcedureStepID, "1")))
        .AddOrUpdate(new DicomSequence(DicomTag.IconImageSequence))
        .AddOrUpdate(new DicomSequence(DicomTag.ReferencedImageSequence))
        .AddOrUpdate<ushort>(DicomVR.US, new DicomTag(0x6000, 0x0010), 4)
        .AddOrUpdate(DicomVR.LO, new DicomTag(0x0029, 0x0010), "VENDOR").AddOrUpdate(DicomVR.LO, new DicomTag(0x0029, 0x1001), "secret");

    private static string Value(DicomDataset dataset, string path)
    {
        foreach (var step in path.Split('/')[..^1])
            dataset = dataset.GetSequence(Tag(step)).Items[0];
        var tag = Tag(path.Split('/')[^1]);
        return !dataset.Contains(tag) ? Absent : dataset.TryGetString(tag, out var text) ? text : "(empty)";
    }

    private static DicomTag Tag(string name) => name == "OverlayRows"
        ? new DicomTag(0x6000, 0x0010) : (DicomTag)typeof(DicomTag).GetProperty(name)!.GetValue(null)!;
}
