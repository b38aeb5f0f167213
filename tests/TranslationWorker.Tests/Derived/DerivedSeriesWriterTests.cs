using static Gateway.TranslationWorker.Tests.Derived.DerivedSample;

namespace Gateway.TranslationWorker.Tests.Derived;

public sealed class DerivedSeriesWriterTests : IDisposable
{
    private readonly DerivedSample _sample = new();

    public void Dispose() => _sample.Dispose();

    [Theory, MemberData(nameof(DerivedSample.Directions), MemberType = typeof(DerivedSample))]
    public void What_is_written_satisfies_the_validators_alone_and_beside_its_source(Direction direction)
    {
        foreach (var source in DerivedSources.All(direction))
        {
            var (original, derived) =
                (_sample.Save(new DicomFile(source), "source.dcm"), _sample.Save(Write(source, direction), "derived.dcm"));

            DerivedTools.Validate(derived);
            DerivedTools.ValidateTogether(original, derived);
        }
    }

    [Fact]
    public void Headers_of_every_vendor_make_objects_without_a_fault_that_was_not_the_scanners()
    {
        string[] copied = ["Value invalid for this VR", "dataset contains invalid data values", "Illegal root for UID"];
        var complaints = new List<string>();
        foreach (var (name, source) in DerivedSources.Vendors())
        {
            var direction = source.GetString(DicomTag.Modality) == "MR" ? Shipped.T2ToCt : Shipped.CtToT2;
            complaints.AddRange(DerivedTools.Errors(_sample.Save(Write(source, direction), "derived.dcm")).Lines
                .Where(line => !copied.Any(fault => line.Contains(fault, StringComparison.Ordinal))).Select(line => $"{name}: {line}"));
        }

        Assert.True(complaints.Count == 0, string.Join('\n', complaints));
    }

    [Theory, MemberData(nameof(DerivedSample.Directions), MemberType = typeof(DerivedSample))]
    public void The_validators_do_notice_what_is_wrong(Direction direction)
    {
        var source = DerivedSources.Handmade(direction);
        var (incomplete, foreign) = (Write(source, direction), Write(source, direction));
        incomplete.Dataset.Remove(DicomTag.ImageType);
        foreign.Dataset.AddOrUpdate(DicomTag.PatientID, "someone else");

        Assert.ThrowsAny<Exception>(() => DerivedTools.Validate(_sample.Save(incomplete, "incomplete.dcm")));
        Assert.ThrowsAny<Exception>(
            () => DerivedTools.ValidateTogether(_sample.Save(new DicomFile(source), "source.dcm"), _sample.Save(foreign, "foreign.dcm")));
    }

    [Theory, MemberData(nameof(DerivedSample.Directions), MemberType = typeof(DerivedSample))]
    public void Where_the_source_lies_the_derived_slice_lies_to_the_letter(Direction direction)
    {
        DicomTag[] geometry =
        [
            DicomTag.ImagePositionPatient, DicomTag.ImageOrientationPatient, DicomTag.PixelSpacing, DicomTag.SliceThickness,
            DicomTag.SliceLocation,
            DicomTag.FrameOfReferenceUID, DicomTag.PatientPosition, DicomTag.InstanceNumber, DicomTag.Rows, DicomTag.Columns,
            DicomTag.PatientName, DicomTag.PatientID, DicomTag.StudyInstanceUID, DicomTag.StudyDate, DicomTag.AccessionNumber,
        ];
        foreach (var made in DerivedSources.All(direction))
        {
            var source = DicomFile.Open(_sample.Save(new DicomFile(made), "source.dcm")).Dataset;
            var derived = DicomFile.Open(_sample.Save(Write(source, direction), "derived.dcm")).Dataset;

            foreach (var tag in geometry)
                Assert.Equal(
                    source.GetDicomItem<DicomElement>(tag)?.Buffer.Data ?? [], derived.GetDicomItem<DicomElement>(tag)!.Buffer.Data);
        }
    }

    [Fact]
    public void Pydicom_reads_the_hounsfield_units_that_the_model_gave()
    {
        foreach (var source in DerivedSources.All(Shipped.T2ToCt))
        {
            var pixels = Pixels(source, -1_000, 80);

            var read = DerivedTools.ReadWithPydicom(
                _sample.Save(DerivedSeriesWriter.Write(source, pixels, Derivation(Shipped.T2ToCt)), "derived.dcm"));

            Assert.Equal(pixels.Select(hu => Math.Round(hu)), read.GetProperty("pixels").EnumerateArray().Select(p => p.GetDouble()));
            Assert.Equal("CT Image Storage", read.GetProperty("class").GetString());
            Assert.Equal("Explicit VR Little Endian", read.GetProperty("syntax").GetString());
            Assert.Equal("YES", read.GetProperty("synthetic").GetString());
        }
    }

    [Fact]
    public void Pydicom_reads_a_synthetic_mr_in_twelve_bits()
    {
        var source = DerivedSources.Handmade(Shipped.CtToT2);
        var pixels = Pixels(source, 0, 1);

        var read = DerivedTools.ReadWithPydicom(
            _sample.Save(DerivedSeriesWriter.Write(source, pixels, Derivation(Shipped.CtToT2)), "derived.dcm"));

        Assert.Equal(pixels.Select(v => Math.Round(v * 4_095f)), read.GetProperty("pixels").EnumerateArray().Select(p => p.GetDouble()));
        Assert.Equal("MR Image Storage", read.GetProperty("class").GetString());
        Assert.Equal("Müller^Jürgen", read.GetProperty("patient").GetString());
    }

    [Theory, MemberData(nameof(DerivedSample.Directions), MemberType = typeof(DerivedSample))]
    public void Codes_say_who_made_it_and_of_what(Direction direction)
    {
        var source = DerivedSources.Handmade(direction);
        var read = DerivedTools.ReadWithPydicom(_sample.Save(Write(source, direction), "derived.dcm"));
        var derived = Write(source, direction).Dataset;

        Assert.Equal(["109100", "109102", "109101"], read.GetProperty("purposes").EnumerateArray().Select(p => p.GetString()));
        Assert.Equal("121322", read.GetProperty("source").GetString());
        Assert.Equal(Derivation(direction).Model.DeviceUid, read.GetProperty("device").GetString());
        Assert.All(Purposes(derived), purpose => Assert.Equal("DCM", purpose.GetString(DicomTag.CodingSchemeDesignator)));
        Assert.Equal(
            ["Synthesizing Equipment", "Processing Equipment", "Acquisition Equipment"],
            Purposes(derived).Select(p => p.GetString(DicomTag.CodeMeaning)));
        var codes = derived.GetSequence(DicomTag.DerivationCodeSequence).Items;
        Assert.Equal(["113085", direction == Shipped.T2ToCt ? "T2-CT" : "CT-T2"], codes.Select(c => c.GetString(DicomTag.CodeValue)));
        Assert.Equal(
            codes[1].GetString(DicomTag.CodingSchemeDesignator),
            derived.GetSequence(DicomTag.CodingSchemeIdentificationSequence).Items.Single().GetString(DicomTag.CodingSchemeDesignator));
        var image = derived.GetSequence(DicomTag.SourceImageSequence).Items.Single();
        Assert.Equal(source.GetString(DicomTag.SOPInstanceUID), image.GetString(DicomTag.ReferencedSOPInstanceUID));
        Assert.Equal(source.GetString(DicomTag.SOPClassUID), image.GetString(DicomTag.ReferencedSOPClassUID));
        Assert.Equal("YES", image.GetString(DicomTag.SpatialLocationsPreserved));
        Assert.Equal("Source image for image processing operation",
            image.GetSequence(DicomTag.PurposeOfReferenceCodeSequence).Items.Single().GetString(DicomTag.CodeMeaning));
        Assert.Equal(
            source.GetString(DicomTag.SeriesInstanceUID),
            derived.GetSequence(DicomTag.ReferencedSeriesSequence).Items.Single().GetString(DicomTag.SeriesInstanceUID));
    }

    [Theory, MemberData(nameof(DerivedSample.Directions), MemberType = typeof(DerivedSample))]
    public void The_same_input_gives_the_same_bytes_and_any_other_input_another_identity(Direction direction)
    {
        var source = DerivedSources.Handmade(direction);
        var derivation = Derivation(direction);
        string Identity(Derivation of) => Write(source, of).Dataset.GetString(DicomTag.SOPInstanceUID);

        Assert.Equal(Bytes(Write(source, derivation)), Bytes(Write(source.Clone(), Derivation(direction))));
        Assert.Equal(Identity(derivation), Identity(derivation with { CreatedAt = Created.AddDays(1) }));
        string[] identities =
        [
            Identity(derivation), Identity(derivation with { SourceSetDigest = new('b', 64) }),
            Identity(derivation with { PipelineVersion = "2" }),
            Identity(derivation with { Model = derivation.Model with { Digest = new('c', 64) } }),
            source.GetString(DicomTag.SOPInstanceUID),
        ];
        Assert.Equal(5, identities.Distinct().Count());
        Assert.All(identities, uid => Assert.True(DicomUID.IsValidUid(uid) && uid.StartsWith("2.25.", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_slice_of_a_series_lands_in_one_series_of_its_own()
    {
        var (first, second) = (DerivedSources.Handmade(Shipped.T2ToCt), DerivedSources.Handmade(Shipped.T2ToCt));
        second.AddOrUpdate(DicomTag.SOPInstanceUID, "2.25.1009");

        var (a, b) = (Write(first, Shipped.T2ToCt).Dataset, Write(second, Shipped.T2ToCt).Dataset);

        Assert.Equal(a.GetString(DicomTag.SeriesInstanceUID), b.GetString(DicomTag.SeriesInstanceUID));
        Assert.NotEqual(a.GetString(DicomTag.SOPInstanceUID), b.GetString(DicomTag.SOPInstanceUID));
        Assert.NotEqual(first.GetString(DicomTag.SeriesInstanceUID), a.GetString(DicomTag.SeriesInstanceUID));
        Assert.Equal("1004", a.GetString(DicomTag.SeriesNumber));
    }

    [Fact]
    public void A_source_that_was_ever_lossy_makes_its_child_lossy()
    {
        var source = DerivedSources.Handmade(Shipped.T2ToCt).AddOrUpdate(DicomTag.LossyImageCompression, "01")
            .AddOrUpdate(DicomTag.LossyImageCompressionRatio, "8.5").AddOrUpdate(DicomTag.LossyImageCompressionMethod, "ISO_10918_1");

        var derived = Write(source, Shipped.T2ToCt).Dataset;

        Assert.Equal("01", derived.GetString(DicomTag.LossyImageCompression));
        Assert.Equal("8.5", derived.GetString(DicomTag.LossyImageCompressionRatio));
        Assert.Equal(
            "00", Write(DerivedSources.Handmade(Shipped.T2ToCt), Shipped.T2ToCt).Dataset.GetString(DicomTag.LossyImageCompression));
    }

    [Fact]
    public void The_windows_offered_lie_inside_what_the_model_knows()
    {
        DicomDataset Windows(double low, double high) => Write(
            DerivedSources.Handmade(Shipped.T2ToCt),
            Derivation(Shipped.T2ToCt) with { Model = Derivation(Shipped.T2ToCt).Model with { HuLow = low, HuHigh = high } }).Dataset;

        Assert.Equal(@"MODEL\BRAIN", Windows(-20, 100).GetString(DicomTag.WindowCenterWidthExplanation));
        Assert.Equal([40.0, 40], Windows(-20, 100).GetValues<double>(DicomTag.WindowCenter));
        Assert.Equal([120.0, 80], Windows(-20, 100).GetValues<double>(DicomTag.WindowWidth));
        Assert.Equal(@"MODEL\BRAIN\BONE", Windows(-1000, 2000).GetString(DicomTag.WindowCenterWidthExplanation));
        Assert.Equal("MODEL", Windows(10, 60).GetString(DicomTag.WindowCenterWidthExplanation));
    }

    [Fact]
    public void Pixels_that_do_not_fill_the_source_matrix_are_refused() => Assert.Throws<DicomDataException>(
        () => DerivedSeriesWriter.Write(DerivedSources.Handmade(Shipped.T2ToCt), new float[5], Derivation(Shipped.T2ToCt)));

    [Theory, MemberData(nameof(DerivedSample.Directions), MemberType = typeof(DerivedSample))]
    public void What_we_wrote_is_known_as_synthetic_when_it_comes_back_even_without_the_new_attribute(Direction direction)
    {
        var back = DicomFile.Open(_sample.Save(Write(DerivedSources.Handmade(direction), direction), "derived.dcm")).Dataset;

        Assert.True(LoopGuard.IsSynthetic(back));
        Assert.True(LoopGuard.IsSynthetic(back.Remove(DicomTag.SyntheticData)));
        Assert.False(LoopGuard.IsSynthetic(back.Remove(DicomTag.ContributingEquipmentSequence)));
        foreach (var source in DerivedSources.All(direction)) Assert.False(LoopGuard.IsSynthetic(source));
        Assert.False(
            LoopGuard.IsSynthetic(DerivedSources.Handmade(direction).AddOrUpdate(DicomTag.ImageType, "DERIVED", "PRIMARY", "AXIAL")));
    }

    private static IEnumerable<DicomDataset> Purposes(DicomDataset derived) => derived.GetSequence(DicomTag.ContributingEquipmentSequence)
        .Select(equipment => equipment.GetSequence(DicomTag.PurposeOfReferenceCodeSequence).Items.Single());
}
