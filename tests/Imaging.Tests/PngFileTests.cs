using Gateway.Imaging.Files;
using Gateway.Imaging.Grids;
using Gateway.Testing;

namespace Gateway.Imaging.Tests;

public sealed class PngFileTests
{
    private static Image Ramp(int width, int height)
    {
        var image = new Image(width, height);
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                image[x, y] = (x * 7 + y * 13 + x * y) % 256;
        return image;
    }

    [Fact]
    public void What_is_written_is_read_back_by_us_and_by_pil()
    {
        using var folder = new TemporaryDirectory();
        var image = Ramp(37, 21);
        PngFile.WriteGrey(folder.Combine("a.png"), image);

        Assert.Equal(image.Pixels, PngFile.Read(folder.Combine("a.png")).Pixels);
        var pil = Python.Numbers(
            "import sys,numpy as n;from PIL import Image;i=Image.open(sys.argv[1]);assert i.mode=='L';print(*n.array(i).ravel())",
            folder.Combine("a.png"));
        Assert.Equal(image.Pixels.Select(v => (double)v), pil);
    }

    [Fact]
    public void Rgb_is_written_plane_by_plane()
    {
        using var folder = new TemporaryDirectory();
        File.WriteAllBytes(folder.Combine("a.png"), PngFile.EncodeRgb(new(2, 1, [1, 2]), new(2, 1, [3, 4]), new(2, 1, [5, 300])));
        var pil = Python.Numbers(
            "import sys,numpy as n;from PIL import Image;print(*n.array(Image.open(sys.argv[1])).ravel())", folder.Combine("a.png"));
        Assert.Equal([1, 3, 5, 2, 4, 255], pil);
    }

    [Theory]
    [InlineData("Image.fromarray(a.astype(n.uint8))")]
    [InlineData("Image.fromarray((a*257).astype(n.uint16))")]
    [InlineData("Image.fromarray(n.stack([a,a//2,255-a],-1).astype(n.uint8))")]
    [InlineData("Image.fromarray(n.stack([a,a//2,255-a,a],-1).astype(n.uint8))")]
    [InlineData("Image.fromarray(n.stack([a,a],-1).astype(n.uint8),'LA')")]
    [InlineData("Image.fromarray(a.astype(n.uint8)).convert('P')")]
    [InlineData("Image.fromarray(a.astype(n.uint8)).convert('1')")]
    public void Every_colour_type_agrees_with_pil(string make)
    {
        using var folder = new TemporaryDirectory();
        var expected = Python.Numbers(
            $$"""
            import sys, numpy as n
            from PIL import Image
            y, x = n.mgrid[0:19, 0:23]; a = (x * 11 + y * 5) % 256
            i = {{make}}; i.save(sys.argv[1])
            print(*n.array(Image.open(sys.argv[1]) if i.mode.startswith('I') else Image.open(sys.argv[1]).convert('RGB').convert('L')).ravel())
            """,
            folder.Combine("a.png"));
        var read = PngFile.Read(folder.Combine("a.png")).Pixels;
        Assert.All(read.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 0.51));
    }

    [Fact]
    public void A_claimed_size_is_refused_before_anything_is_allocated()
    {
        var file = PngFile.EncodeGrey(Ramp(4, 4));
        file[16] = 0x7F;
        FixChecksum(file);
        Assert.Contains("each side", Assert.Throws<InvalidDataException>(() => PngFile.Decode(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_rows_are_refused()
    {
        var file = PngFile.EncodeGrey(Ramp(4, 4));
        file[23] = 9;
        FixChecksum(file);
        Assert.Contains("4 of 9 rows", Assert.Throws<InvalidDataException>(() => PngFile.Decode(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_or_changed_anywhere_is_refused_or_read_but_never_crashes()
    {
        var file = PngFile.EncodeGrey(Ramp(17, 9));
        for (var length = 0; length < file.Length; length++)
            Assert.Throws<InvalidDataException>(() => PngFile.Decode(file.AsSpan(0, length)));
        var random = new Random(1);
        for (var i = 0; i < 20_000; i++)
        {
            var broken = file.ToArray();
            broken[random.Next(broken.Length)] = (byte)random.Next(256);
            broken[random.Next(8, 41)] ^= (byte)(1 << random.Next(8));
            FixChecksum(broken);
            try
            {
                PngFile.Decode(broken);
            }
            catch (InvalidDataException)
            {
            }
        }
    }

    private static void FixChecksum(byte[] file) =>
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(29), Crc32.Of(file.AsSpan(12, 17)));
}
