using System.Diagnostics;
using System.Numerics;
using System.Security.Cryptography;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Slices;
using Gateway.Imaging.Volumes;
using Gateway.Workshop.Phantom;

namespace Gateway.Workshop.Tests.Phantom;

public sealed class PhantomSeriesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("phantom-series").FullName;

    public static TheoryData<PhantomKind> Kinds => [.. Enum.GetValues<PhantomKind>()];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_image_of_every_kind_passes_dciodvfy(PhantomKind kind)
    {
        var files = PhantomSeries.Write(_folder, Small(kind));

        Assert.Equal(3, files.Count);
        Assert.All(files, file => Assert.DoesNotContain("Error", Run("dciodvfy", file)));
        Assert.DoesNotContain("Error", Run("dcentvfy", [.. files]));
    }

    [Fact]
    public void The_same_options_give_the_same_files_and_other_options_other_identities()
    {
        var first = PhantomSeries.Write(Path.Combine(_folder, "a"), Small(PhantomKind.T2));
        var again = PhantomSeries.Write(Path.Combine(_folder, "b"), Small(PhantomKind.T2));
        var other = PhantomSeries.Write(Path.Combine(_folder, "c"), Small(PhantomKind.T2) with { LeftMarker = true });

        Assert.Equal(first.Select(Digest), again.Select(Digest));
        Assert.Empty(first.Select(SopInstance).Intersect(other.Select(SopInstance)));
    }

    [Fact]
    public void Slices_go_up_and_lie_where_the_headers_say()
    {
        var options = Small(PhantomKind.T2);
        var datasets = PhantomSeries.Create(options).ToArray();
        var planes = PhantomSeries.Planes(options);

        for (var i = 0; i < datasets.Length; i++)
        {
            var position = datasets[i].GetValues<double>(DicomTag.ImagePositionPatient);
            var directions = datasets[i].GetValues<double>(DicomTag.ImageOrientationPatient);
            Assert.Equal([planes[i].Origin.X, planes[i].Origin.Y, planes[i].Origin.Z], position.Select(v => (float)v), Near);
            Assert.Equal([planes[i].Row.X, planes[i].Row.Y, planes[i].Row.Z], directions.Take(3).Select(v => (float)v), Near);
        }
        Assert.True(planes[0].Origin.Z < planes[1].Origin.Z);
        Assert.Equal(options.SliceSpacing, Vector3.Distance(planes[0].Origin, planes[1].Origin), 1e-3);
    }

    [Fact]
    public void The_left_marker_is_found_on_the_left_through_the_headers_alone()
    {
        var options = Small(PhantomKind.HeadCt) with { LeftMarker = true, Slices = 24, Size = 128, Spacing = 1.8 };
        var without = PhantomSeries.Create(options with { LeftMarker = false }).Select(Pixels).ToArray();
        var (best, at) = (0, Vector3.Zero);
        foreach (var (index, dataset) in PhantomSeries.Create(options).Index())
        {
            var (pixels, plane) = (Pixels(dataset), PhantomSeries.Planes(options)[index]);
            for (var i = 0; i < pixels.Length; i++)
            {
                if (pixels[i] - without[index][i] > best)
                    (best, at) = (pixels[i] - without[index][i], plane.At(i % options.Size, i / options.Size));
            }
        }

        Assert.True(best > 60, $"{best} HU");
        Assert.InRange(Vector3.Distance(at, new Vector3(28, -34, 14)), 0, 6);
    }

    [Fact]
    public void Short_pixel_data_is_half_of_what_the_header_says()
    {
        var options = Small(PhantomKind.T2) with { ShortPixelData = true };
        var files = PhantomSeries.Write(_folder, options);

        var lengths = files.Select(file => DicomFile.Open(file).Dataset.GetDicomItem<DicomElement>(DicomTag.PixelData)!.Length);
        Assert.Equal([8192u, 4096u, 8192u], lengths);
    }

    [Fact]
    public void Pydicom_reads_the_same_pixels()
    {
        var file = PhantomSeries.Write(_folder, Small(PhantomKind.HeadCt))[1];

        var printed = Run("/usr/bin/python3", "-c",
            $"import pydicom,sys; d=pydicom.dcmread('{file}'); print(int(d.pixel_array.sum()), d.PatientName, d.RescaleIntercept)");

        Assert.Equal($"{Pixels(DicomFile.Open(file).Dataset).Sum()} PHANTOM^DIGITAL -1024", printed.Trim());
    }

    [Theory]
    [InlineData(PhantomKind.T2, "t2")]
    [InlineData(PhantomKind.HeadCt, "ct")]
    public void The_shipped_references_find_the_level_of_frontal_horns_and_thalami(PhantomKind kind, string reference)
    {
        var options = new PhantomSeriesOptions { Seed = 2, Kind = kind, Slices = 14, SliceSpacing = 8, Size = 160, Spacing = 1.45 };
        var volume = Volume.FromDicom(PhantomSeries.Create(options).Select(dataset => new DicomFile(dataset)));

        var choice = new SliceChooser(
            Reference.Load(Path.Combine(References(), reference), ShippedModalities.Table[Modality.Parse(reference)])).Choose(volume);

        var middle = PhantomSeries.Planes(options)[choice.Index].At(options.Size / 2, options.Size / 2);
        Assert.InRange(middle.Z, 0, 16);
    }

    private static string References()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Gateway.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("No Gateway.sln above the tests.");
        return Path.Combine(folder.FullName, "models", "references");
    }

    private static PhantomSeriesOptions Small(PhantomKind kind) =>
        new() { Seed = 5, Kind = kind, Slices = 3, Size = 64, Spacing = 3.6, SliceSpacing = 5 };

    private static bool Near(float a, float b) => Math.Abs(a - b) < 2e-3f;

    private static int[] Pixels(DicomDataset dataset) =>
        [.. System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ushort>(
            dataset.GetDicomItem<DicomElement>(DicomTag.PixelData)!.Buffer.Data).ToArray().Select(value => (int)value)];

    private static string SopInstance(string file) => DicomFile.Open(file).Dataset.GetString(DicomTag.SOPInstanceUID);

    private static string Digest(string file) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)));

    private static string Run(string tool, params string[] arguments)
    {
        using var process =
            Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{tool}: {output}{error.Result}");
        return output + error.Result;
    }
}
