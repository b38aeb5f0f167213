using System.Net;

using Gateway.Persistence;
using Gateway.Testing;

namespace Gateway.Portal.Tests;

/// <summary>Pictures as PIL reads them.</summary>
public class RenderTests
{
    private const string ToText =
        "import sys; from PIL import Image; i = Image.open(sys.argv[1]); print(i.format, i.mode, i.size[0], i.size[1], *i.tobytes())";

    private static readonly PatientIdentity Doe = new("4711", "", "DOE^JOHN", "19700101", "M");

    /// <summary>Pixel n is 10 n + 1; the image's window is 40 +- 200.</summary>
    [Theory]
    [InlineData("", 40, 400, "linear")]
    [InlineData("?window=100,50,linear-exact", 100, 50, "linear-exact")]
    [InlineData("?window=100,50,sigmoid", 100, 50, "sigmoid")]
    [InlineData("?window=100,1,linear", 100, 1, "linear")]
    public async Task A_frame_is_seen_through_its_window_or_the_one_asked_for(string query, double center, double width, string function)
    {
        await using var host = await PortalHost.StartAsync();
        var (path, _) = await StoreAsync(host);

        var png = await PixelsAsync(host, $"{path}/rendered{query}", "image/png");
        var jpeg = await PixelsAsync(host, $"{path}/frames/1/rendered{query}{(query.Length > 0 ? "&" : "?")}quality=100", "image/jpeg");

        var expected = Enumerable.Range(0, WebSample.Rows * WebSample.Columns).Select(n => Grey((10 * n) + 1, center, width, function));
        Assert.Equal(("PNG", "JPEG"), (png.Format, jpeg.Format));
        Assert.Equal((WebSample.Columns, WebSample.Rows), (png.Width, png.Height));
        Assert.Equal(expected.Select(g => (int)Math.Round(g)), png.Pixels);
        Assert.All(png.Pixels.Zip(jpeg.Pixels), pair => Assert.InRange(pair.Second, pair.First - 6, pair.First + 6));
    }

    [Fact]
    public async Task Rescale_and_inverse_grey_are_heeded()
    {
        await using var host = await PortalHost.StartAsync();
        var (path, _) = await StoreAsync(host, image => image
            .AddOrUpdate(DicomTag.PhotometricInterpretation, "MONOCHROME1").AddOrUpdate(DicomTag.RescaleSlope, 2m)
            .AddOrUpdate(DicomTag.RescaleIntercept, -100m).AddOrUpdate(DicomTag.VOILUTFunction, "LINEAR_EXACT"));

        var picture = await PixelsAsync(host, path + "/rendered", "image/png");

        Assert.Equal(
            Enumerable.Range(0, WebSample.Rows * WebSample.Columns)
                .Select(n => 255 - (int)Math.Round(Grey((2 * ((10 * n) + 1)) - 100, 40, 400, "linear-exact"))),
            picture.Pixels);
    }

    [Fact]
    public async Task Signed_pixels_without_a_window_are_seen_from_the_darkest_to_the_brightest()
    {
        await using var host = await PortalHost.StartAsync();
        var (path, _) = await StoreAsync(host, image => image
            .Remove(DicomTag.WindowCenter, DicomTag.WindowWidth).AddOrUpdate(DicomTag.PixelRepresentation, (ushort)1)
            .AddOrUpdate(DicomTag.BitsStored, (ushort)8).AddOrUpdate(DicomTag.HighBit, (ushort)7));

        var picture = await PixelsAsync(host, path + "/rendered", "image/png");

        int[] values = [.. Enumerable.Range(0, WebSample.Rows * WebSample.Columns).Select(n => (int)(sbyte)((10 * n) + 1))];
        var (low, high) = (values.Min(), values.Max());
        Assert.Equal(values.Select(v => (int)Math.Round(255.0 * (v - low) / (high - low))), picture.Pixels);
    }

    [Fact]
    public async Task Colour_is_colour_in_both_formats()
    {
        await using var host = await PortalHost.StartAsync();
        byte[] pixels = [.. Enumerable.Range(0, 3 * 64).Select(n => (byte)(n % 3 == 0 ? 200 : n % 3 == 1 ? 60 : n / 3))];
        IByteBuffer buffer = new MemoryByteBuffer(pixels);
        var (path, _) = await StoreAsync(host, image => image
            .AddOrUpdate(DicomTag.PhotometricInterpretation, "RGB").AddOrUpdate(DicomTag.SamplesPerPixel, (ushort)3)
            .AddOrUpdate(DicomTag.PlanarConfiguration, (ushort)0).AddOrUpdate(DicomTag.BitsAllocated, (ushort)8)
            .AddOrUpdate(DicomTag.Rows, (ushort)8).AddOrUpdate(DicomTag.Columns, (ushort)8)
            .AddOrUpdate(DicomVR.OB, DicomTag.PixelData, buffer));

        var png = await PixelsAsync(host, path + "/rendered", "image/png");
        var jpeg = await PixelsAsync(host, path + "/rendered?quality=100", "image/jpeg");

        Assert.Equal(("RGB", "RGB"), (png.Mode, jpeg.Mode));
        Assert.Equal(pixels.Select(p => (int)p), png.Pixels);
        Assert.All(png.Pixels.Zip(jpeg.Pixels), pair => Assert.InRange(pair.Second, pair.First - 6, pair.First + 6));
    }

    [Theory]
    [InlineData("/thumbnail", 96, 128)]
    [InlineData("/thumbnail?viewport=3,3", 2, 3)]
    [InlineData("/rendered?viewport=60,60", 45, 60)]
    public async Task A_picture_fits_into_the_viewport_and_keeps_its_proportions(string below, int width, int height)
    {
        await using var host = await PortalHost.StartAsync();
        var (path, study) = await StoreAsync(host);

        var picture = await PixelsAsync(host, path + below, "image/png");

        Assert.Equal((width, height), (picture.Width, picture.Height));
        if (below.StartsWith("/thumbnail", StringComparison.Ordinal))
            Assert.Equal(picture.Pixels, (await PixelsAsync(host, $"studies/{study.StudyInstanceUid}{below}", "image/png")).Pixels);
    }

    [Theory]
    [InlineData("/rendered?window=1,2", "*/*", HttpStatusCode.BadRequest)]
    [InlineData("/rendered?window=1,0,linear", "*/*", HttpStatusCode.BadRequest)]
    [InlineData("/rendered?window=1,NaN,linear", "*/*", HttpStatusCode.BadRequest)]
    [InlineData("/rendered?viewport=0,5", "*/*", HttpStatusCode.BadRequest)]
    [InlineData("/rendered?viewport=99999,99999", "*/*", HttpStatusCode.BadRequest)]
    [InlineData("/rendered?quality=101", "*/*", HttpStatusCode.BadRequest)]
    [InlineData("/frames/0/rendered", "*/*", HttpStatusCode.BadRequest)]
    [InlineData("/frames/2/rendered", "*/*", HttpStatusCode.NotFound)]
    [InlineData("/rendered", "image/gif", HttpStatusCode.NotAcceptable)]
    public async Task What_cannot_be_drawn_is_said(string below, string accept, HttpStatusCode status)
    {
        await using var host = await PortalHost.StartAsync();
        var (path, _) = await StoreAsync(host);

        Assert.Equal(status, (await WebClient.GetAsync(host, path + below, accept)).StatusCode);
    }

    private static double Grey(double value, double center, double width, string function) => 255 * Math.Clamp(function switch
    {
        "sigmoid" => 1 / (1 + Math.Exp(-4 * (value - center) / width)),
        "linear-exact" => ((value - center) / width) + 0.5,
        _ when width == 1 => value > center - 0.5 ? 1 : 0,
        _ => ((value - (center - 0.5)) / (width - 1)) + 0.5,
    }, 0, 1);

    private static async Task<(string Path, Study Study)> StoreAsync(PortalHost host, Func<DicomDataset, DicomDataset>? with = null)
    {
        var study = WebSample.Study(Doe);
        var series = Sample.Series(study, SeriesState.Received);
        var dataset = WebSample.Dataset(study, series, 1);
        var instance = await WebSample.AddAsync(host.Objects, series, with?.Invoke(dataset) ?? dataset);
        await host.AddAsync(study);
        return ($"studies/{study.StudyInstanceUid}/series/{series.SeriesInstanceUid}/instances/{instance.SopInstanceUid}", study);
    }

    private static async Task<(string Format, string Mode, int Width, int Height, int[] Pixels)> PixelsAsync(
        PortalHost host, string path, string accept)
    {
        var answer = await WebClient.GetAsync(host, path, accept);
        Assert.Equal((HttpStatusCode.OK, accept), (answer.StatusCode, $"{answer.Content.Headers.ContentType}"));
        using var folder = new TemporaryDirectory();
        var file = Path.Combine(folder.Path, "picture");
        await File.WriteAllBytesAsync(
            file, await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        var words = Python.Run(ToText, file).Split(' ', StringSplitOptions.TrimEntries);
        return (words[0], words[1], int.Parse(words[2], null), int.Parse(words[3], null), [.. words[4..].Select(w => int.Parse(w, null))]);
    }
}
