using System.Text;
using System.Text.Json;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Slices;
using Gateway.Imaging.Volumes;
using Gateway.Persistence;
using Gateway.Testing;
using Gateway.Workshop.Phantom;
using Microsoft.EntityFrameworkCore;
using MsOptions = Microsoft.Extensions.Options.Options;

namespace Gateway.TranslationWorker.Tests.Archive;

/// <summary>Phantom patients through the worker's own handlers and the shipped models, into the archive.</summary>
public sealed class ArchiveFlowTests
{
    private const string Secret = "SENTINEL";

    private static readonly DicomTag[] Texts =
    [
        DicomTag.PatientName, DicomTag.PatientID, DicomTag.IssuerOfPatientID, DicomTag.AccessionNumber, DicomTag.StudyID,
        DicomTag.ReferringPhysicianName,
        DicomTag.StudyDescription, DicomTag.SeriesDescription, DicomTag.ProtocolName, DicomTag.InstitutionName, DicomTag.StationName,
        DicomTag.Manufacturer,
        DicomTag.ManufacturerModelName, DicomTag.DeviceSerialNumber, DicomTag.SoftwareVersions, DicomTag.OperatorsName,
        DicomTag.PatientComments, DicomTag.ImageComments,
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Every_series_that_is_translated_is_a_sample_that_tells_nothing_of_its_patient(DatabaseProvider provider)
    {
        await using var house = await ArchiveHouse.CreateAsync(provider);
        var all = new List<Series>();
        for (var seed = 1ul; seed <= 6; seed++)
        {
            foreach (var kind in (PhantomKind[])[PhantomKind.T2, PhantomKind.HeadCt])
                all.Add(await house.ReceiveAsync(Patient(kind, seed)));
        }
        foreach (var series in all)
        {
            await house.DecideAsync(series);
            await house.TranslateAsync(series);
        }

        var samples = await house.SamplesAsync();
        Assert.Equal(await TranslatedAsync(house), samples.Select(s => s.Id).Order());
        Assert.InRange(samples.Count, 8, 12);
        Assert.Equal(samples.Select(s => s.Sha256).Order(StringComparer.Ordinal), house.SampleObjects().Order(StringComparer.Ordinal));
        Assert.All(samples, sample => Assert.Equal((5, 2, 5.0), (sample.Slices, sample.Centre, Math.Round(sample.SliceDistance, 3))));
        Assert.All(
            samples, sample => Assert.Equal(
                (256, 256, 5), (house.Read(sample).Width, house.Read(sample).Height, house.Read(sample).Depth)));
        Assert.All(samples.GroupBy(s => s.Subject), subject => Assert.Single(subject.Select(s => s.Split).Distinct()));
        await TellNothingAsync(house, samples);

        // The same again: nothing enters.
        foreach (var sample in samples.Take(2))
            await AgainAsync(house, all.Single(series => series.Id == sample.Id));
        Assert.Equal(Said(samples), Said(await house.SamplesAsync()));
        Assert.Equal(samples.Count, house.SampleObjects().Count);
    }

    [Fact]
    public async Task The_centre_is_what_the_generator_saw_and_the_neighbours_are_in_its_pose()
    {
        await using var house = await ArchiveHouse.CreateAsync(DatabaseProvider.Sqlite);
        var images = Patient(PhantomKind.HeadCt, 3);
        var series = await house.ReceiveAsync(images);
        await house.DecideAsync(series);
        await house.TranslateAsync(series);

        var references = new ReferenceCatalog(MsOptions.Create(new ModelOptions()));
        using var models = new ModelCatalog(
            MsOptions.Create(new ModelOptions()), Microsoft.Extensions.Logging.Abstractions.NullLogger<ModelCatalog>.Instance);
        var facts = models[Shipped.CtToT2].Facts;
        var prepared = Preprocessor.Prepare(
            Volume.FromDicom(images.Select(image => new DicomFile(image))), references[ShippedModalities.Ct], facts.Window, facts.Deform);
        var sample = Assert.Single(await house.SamplesAsync());
        var kept = house.Read(sample);
        Assert.Equal((facts.Window.Low, facts.Window.High), ((float)sample.GreyLow, (float)sample.GreyHigh));
        Near(prepared.Input, kept.Plane(sample.Centre));
        var (slices, centre) = BrainStack.Beside(prepared, 2);
        Assert.Equal(sample.Centre, centre);
        Near(slices[0].Input(), kept.Plane(0));
        Near(slices[4].Input(), kept.Plane(4));
    }

    [Theory, EachDatabase]
    public async Task A_derived_series_that_comes_back_and_one_with_burned_in_text_add_nothing(DatabaseProvider provider)
    {
        await using var house = await ArchiveHouse.CreateAsync(provider);
        var derived = Patient(PhantomKind.HeadCt, 4);
        derived.ForEach(image => image.AddOrUpdate(DicomTag.SyntheticData, "YES"));
        var back = await house.ReceiveAsync(derived);
        await house.DecideAsync(back);
        await house.TranslateAsync(back);
        var burned = Patient(PhantomKind.HeadCt, 5);
        burned.ForEach(image => image.AddOrUpdate(DicomTag.BurnedInAnnotation, "YES"));
        var series = await house.ReceiveAsync(burned);
        await house.DecideAsync(series);
        await house.TranslateAsync(series);

        Assert.Equal([series.Id], await TranslatedAsync(house));
        Assert.Empty(await house.SamplesAsync());
        Assert.Empty(house.SampleObjects());
    }

    [Fact]
    public void No_field_of_a_sample_could_hold_a_text_of_a_header()
    {
        Assert.DoesNotContain(typeof(PreparedSample).GetProperties(), property => property.PropertyType == typeof(string));
        Assert.Equal(
            ["CallingAe", "KeyId", "Modality", "Sha256", "Subject", "SubjectOfAnyIssuer"],
            typeof(ArchiveSample).GetProperties().Where(property => property.PropertyType == typeof(string))
                .Select(property => property.Name).Order());
    }

    private static List<DicomDataset> Patient(PhantomKind kind, ulong seed)
    {
        var images = PhantomSeries.Create(new PhantomSeriesOptions { Kind = kind, Seed = seed, Size = 192, Spacing = 1.2 }).ToList();
        foreach (var image in images)
        {
            foreach (var tag in Texts)
                image.AddOrUpdate(tag, $"{image.GetSingleValueOrDefault(tag, "")} {Secret}".Trim());
        }
        return images;
    }

    private static async Task<List<Guid>> TranslatedAsync(ArchiveHouse house)
    {
        await using var db = house.Database.Open();
        return [
            .. (await db.Series.Where(s => s.DerivedFromSeriesId != null).Select(s => s.DerivedFromSeriesId!.Value)
                .ToListAsync(Cancel)).Order()];
    }

    private static async Task AgainAsync(ArchiveHouse house, Series series)
    {
        await using (var db = house.Database.Open())
            Assert.Equal(
                1, await db.Database.ExecuteSqlAsync(
                    $"UPDATE series SET state = 'Queued' WHERE id = {series.Id} AND state = 'Translated'", Cancel));
        await house.TranslateAsync(series);
    }

    private static async Task TellNothingAsync(ArchiveHouse house, List<ArchiveSample> samples)
    {
        await using var db = house.Database.Open();
        var messages = string.Concat(await db.Outbox.AsNoTracking().Select(m => m.Body).ToListAsync(Cancel));
        Assert.All(
            (string[])[Said(samples), messages, .. house.Logged], text => Assert.DoesNotContain(
                Secret, text, StringComparison.OrdinalIgnoreCase));
        Assert.All(samples, sample =>
        {
            using var stream = house.Objects.OpenRead(sample.Sha256);
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            Assert.DoesNotContain(Secret, Encoding.Latin1.GetString(bytes.ToArray()), StringComparison.OrdinalIgnoreCase);
            Assert.All(bytes.ToArray()[148..252], one => Assert.Equal(0, one));    // descrip and aux_file
        });
    }

    private static string Said(IEnumerable<ArchiveSample> samples) => JsonSerializer.Serialize(samples.OrderBy(s => s.Id));

    private static void Near(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 0.51f / short.MaxValue);
    }
}
