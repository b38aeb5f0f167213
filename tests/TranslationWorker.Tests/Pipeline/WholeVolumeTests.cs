using Gateway.Imaging.Tests;
using Gateway.Testing;
using Gateway.TranslationWorker.Tests.Derived;
using Gateway.Workshop.Phantom;

namespace Gateway.TranslationWorker.Tests.Pipeline;

/// <summary>Series of which every slice of the brain is translated.</summary>
public sealed class WholeVolumeTests : IDisposable
{
    private static readonly DicomTag[] Copied =
    [
        DicomTag.ImagePositionPatient, DicomTag.ImageOrientationPatient, DicomTag.PixelSpacing, DicomTag.SliceThickness,
        DicomTag.SliceLocation,
        DicomTag.InstanceNumber, DicomTag.FrameOfReferenceUID, DicomTag.Rows, DicomTag.Columns,
    ];

    private readonly Translations _translations = new();

    public void Dispose() => _translations.Dispose();

    [Fact]
    public void Every_slice_of_a_T2_series_becomes_a_CT_slice_in_its_own_plane_and_one_without_a_head_becomes_air()
    {
        var images = Phantom(PhantomKind.T2);
        Blank(images[^1], 0);

        var result = _translations.Run(Shipped.T2ToCt, SliceCoverage.All, images);

        IsOneSeriesBeside(result, images);
        var top = DicomPixelData.Create(result.Derived[^1].Dataset).GetFrame(0).Data;
        Assert.All(Values(top), hu => Assert.Equal(-1000, hu));
        Assert.All(
            result.Derived.SkipLast(1), file => Assert.Contains(
                Values(DicomPixelData.Create(file.Dataset).GetFrame(0).Data), hu => hu > -20));
    }

    [Fact]
    public void Every_slice_of_a_CT_series_becomes_an_MR_slice_all_shown_in_one_window()
    {
        var images = Phantom(PhantomKind.HeadCt);

        var result = _translations.Run(Shipped.CtToT2, SliceCoverage.All, images);

        IsOneSeriesBeside(result, images);
        Assert.Single(
            result.Derived.Select(file => (file.Dataset.GetString(DicomTag.WindowCenter), file.Dataset.GetString(DicomTag.WindowWidth)))
                .Distinct());
    }

    [Fact]
    public void Every_frame_of_an_enhanced_image_becomes_an_instance_that_names_it()
    {
        var images = Phantom(PhantomKind.T2);

        var result = _translations.Run(Shipped.T2ToCt, SliceCoverage.All, [EnhancedSeries.Of(images)]);

        Assert.Empty(result.Reasons);
        var derived = result.Derived.Select(file => file.Dataset).ToList();
        Assert.Equal(images.Count, derived.DistinctBy(d => d.GetString(DicomTag.SOPInstanceUID)).Count());
        Assert.Equal(Enumerable.Range(1, images.Count), derived.Select(d => d.GetSingleValue<int>(DicomTag.InstanceNumber)));
        Assert.Equal(
            Enumerable.Range(1, images.Count),
            derived.Select(d => d.GetSequence(DicomTag.SourceImageSequence).Single().GetSingleValue<int>(DicomTag.ReferencedFrameNumber)));
        Assert.Equal(
            images.Select(i => i.GetString(DicomTag.ImagePositionPatient)),
            derived.Select(d => d.GetString(DicomTag.ImagePositionPatient)));
    }

    [Fact]
    public void One_slice_is_what_comes_unless_all_are_asked_for_and_the_two_share_no_UID()
    {
        Assert.Equal(SliceCoverage.Chosen, new TranslationOptions().Slices);
        var images = Phantom(PhantomKind.T2);

        var one = _translations.Run(Shipped.T2ToCt, SliceCoverage.Chosen, images);
        var all = _translations.Run(Shipped.T2ToCt, SliceCoverage.All, images);
        var again = _translations.Run(Shipped.T2ToCt, SliceCoverage.All, images);

        var uids = Assert.Single(one.Derived).Dataset;
        Assert.Null(one.Montage);
        Assert.DoesNotContain(uids.GetString(DicomTag.SeriesInstanceUID), Each(all, DicomTag.SeriesInstanceUID));
        Assert.DoesNotContain(uids.GetString(DicomTag.SOPInstanceUID), Each(all, DicomTag.SOPInstanceUID));
        Assert.Equal(all.Derived.Select(DerivedSample.Bytes), again.Derived.Select(DerivedSample.Bytes));
    }

    [Theory, InlineData(PhantomKind.T2, "t2-ct"), InlineData(PhantomKind.HeadCt, "ct-t2")]
    public void The_chosen_slice_alone_holds_the_values_it_has_among_all(PhantomKind kind, string direction)
    {
        var images = Phantom(kind);

        var (one, all) = (_translations.Run(Direction.Parse(direction), SliceCoverage.Chosen, images), _translations.Run(
            Direction.Parse(direction), SliceCoverage.All, images));

        var alone = Assert.Single(one.Derived).Dataset;
        var among =
            Assert.Single(all.Derived, file => file.Dataset.GetString(
                DicomTag.ImagePositionPatient) == alone.GetString(DicomTag.ImagePositionPatient)).Dataset;
        Assert.Equal(DicomPixelData.Create(alone).GetFrame(0).Data, DicomPixelData.Create(among).GetFrame(0).Data);
    }

    [Fact]
    public void Instances_of_one_derived_series_agree_on_patient_study_series_and_frame_where_those_of_the_source_do_not()
    {
        DicomTag[] shared =
        [
            DicomTag.FrameOfReferenceUID, DicomTag.SeriesDescription, DicomTag.SeriesNumber, DicomTag.StudyDescription, DicomTag.StudyDate,
            DicomTag.AccessionNumber, DicomTag.PatientName, DicomTag.PatientAge, DicomTag.PatientPosition, DicomTag.SpecificCharacterSet,
        ];
        var images = Phantom(PhantomKind.T2);
        for (var i = 0; i < images.Count; i += 2)
            images[i].Remove(DicomTag.FrameOfReferenceUID, DicomTag.StudyDate, DicomTag.PatientPosition)
                .AddOrUpdate(DicomTag.SeriesDescription, "AX T2 AGAIN").AddOrUpdate(DicomTag.SeriesNumber, "77")
                .AddOrUpdate(DicomTag.PatientAge, "050Y")
                .AddOrUpdate(DicomTag.StudyDescription, "").AddOrUpdate(DicomTag.AccessionNumber, "B")
                .AddOrUpdate(DicomTag.PatientName, "PHANTOM");

        var result = _translations.Run(Shipped.T2ToCt, SliceCoverage.All, images);

        Assert.All(shared, tag => Assert.Single(result.Derived.Select(file => Text(file.Dataset, tag)).Distinct()));
        Assert.Equal(images.Count, Each(result, DicomTag.SOPInstanceUID).Distinct().Count());
    }

    [Fact]
    public void The_real_Siemens_series_comes_back_whole()
    {
        var folder = RealData.Path("dicom/t2_fnndsc_siemens");
        string[] files = [.. Directory.GetFiles(folder, "*.dcm").Order(StringComparer.Ordinal)];

        var result = _translations.Run(Shipped.T2ToCt, new TranslationOptions { Slices = SliceCoverage.All }, files);

        IsOneSeriesBeside(result, [.. files.Select(file => DicomFile.Open(file).Dataset)]);
    }

    private static List<DicomDataset> Phantom(PhantomKind kind) =>
        [.. PhantomSeries.Create(new PhantomSeriesOptions { Seed = 3, Kind = kind, Size = 128, Spacing = 1.8 })];

    private void IsOneSeriesBeside(TranslatedSeries result, List<DicomDataset> images)
    {
        Assert.Empty(result.Reasons);
        Assert.NotNull(result.Montage);
        Assert.Equal(images.Count, result.Derived.Count);
        Assert.Single(Each(result, DicomTag.SeriesInstanceUID).Distinct());
        var sources = images.ToDictionary(image => image.GetString(DicomTag.SOPInstanceUID));
        foreach (var derived in result.Derived.Select(file => file.Dataset))
        {
            Assert.True(
                sources.Remove(
                    derived.GetSequence(DicomTag.SourceImageSequence).Single().GetString(DicomTag.ReferencedSOPInstanceUID),
                    out var source));
            Assert.All(Copied, tag => Assert.Equal(Text(source, tag), Text(derived, tag)));
        }
        string[] written = [.. result.Derived.Select((file, i) => _translations.Save(file, $"{i}.dcm"))];
        Assert.All([written[0], written[^1], written[result.ChosenSlice]], DerivedTools.Validate);
        DerivedTools.ValidateTogether([.. written, _translations.Save(new DicomFile(images[0]), "one.source")]);
    }

    private static IEnumerable<string> Each(TranslatedSeries result, DicomTag tag) =>
        result.Derived.Select(file => file.Dataset.GetString(tag));

    private static string? Text(DicomDataset image, DicomTag tag) => image.TryGetString(tag, out var text) ? text : null;

    private static IEnumerable<int> Values(byte[] pixels) =>
        Enumerable.Range(0, pixels.Length / 2).Select(i => (int)BitConverter.ToInt16(pixels, 2 * i));

    private static void Blank(DicomDataset image, byte value)
    {
        var pixels = DicomPixelData.Create(image).GetFrame(0).Data;
        Array.Fill(pixels, value);
        IByteBuffer buffer = new MemoryByteBuffer(pixels);
        image.AddOrUpdate(DicomVR.OW, DicomTag.PixelData, buffer);
    }
}
