using System.Reflection;
using Gateway.Imaging.Files;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Volumes;
using Gateway.Persistence;
using Gateway.TranslationWorker.Tests.Pipeline;
using Gateway.Workshop.Phantom;

namespace Gateway.TranslationWorker.Tests.Pictures;

/// <summary>Whatever a picture is copied into, it says itself that a model made it.</summary>
public sealed class SyntheticTagTests
{
    /// <summary>A thumbnail is this wide; letters of fewer lines than a glyph has cannot be read.</summary>
    private const int Thumbnail = 128;

    public static TheoryData<string> Kinds =>
        [.. typeof(PictureKind).GetFields(BindingFlags.Public | BindingFlags.Static).Select(constant => (string)constant.GetValue(null)!)];

    [Theory, MemberData(nameof(Kinds))]
    public void A_panel_of_what_a_model_made_says_so_below_the_image_and_no_other_does(string kind)
    {
        var grey = new Image(64, 64);
        Array.Fill(grey.Pixels, 0.5f);

        var picture = PictureSheet.Draw(new Panel(kind, "", grey, 0, 1));

        var lines = TagLines(picture, picture.Width, picture.Height);
        Assert.Equal(PictureKind.IsSynthetic(kind), lines > 0);
        Assert.True(lines == 0 || lines * Thumbnail / picture.Width >= 7, $"{lines} lines of {picture.Width}");
        Assert.All(Enumerable.Range(0, picture.Width * picture.Width), i => Assert.Equal(127.5, picture.Pixels[i], 0.5));
    }

    [Fact]
    public void Every_picture_of_a_translation_is_tagged_alone_on_the_sheet_and_slice_by_slice()
    {
        using var translations = new Translations();
        var images = PhantomSeries.Create(new PhantomSeriesOptions { Seed = 3, Kind = PhantomKind.T2, Size = 128, Spacing = 1.8 }).ToList();

        var result = translations.Run(Shipped.T2ToCt, new TranslationOptions { Slices = SliceCoverage.All, Uncertainty = true }, images);

        Assert.Equal(
            ["cycle", "patient", "synthetic", "uncertainty"],
            result.Panels.Select(panel => panel.Kind).Where(PictureKind.IsSynthetic).Order());
        var (sheet, montage) = (PngFile.Decode(result.Sheet), PngFile.Decode(result.Montage!));
        Assert.Equal(4, Tags(sheet, PictureSheet.Draw(result.Panels.First(panel => panel.Kind == "synthetic"))));
        Assert.True(TagLines(montage, montage.Width, 60) * 390 / montage.Width >= 7, "The head of the montage cannot be read on a phone.");
    }

    /// <summary>How often the strip of a panel is found on a sheet.</summary>
    private static int Tags(Image sheet, Image panel)
    {
        var strip = panel.Height - panel.Width;
        bool IsAt(int left, int top) => Enumerable.Range(0, strip).All(y => Enumerable.Range(0, panel.Width).All(x =>
            sheet[left + x, top + y] == panel[x, panel.Width + y]));
        return (from top in Enumerable.Range(0, sheet.Height - strip)
                from left in Enumerable.Range(
            0, sheet.Width - panel.Width)
                where IsAt(left, top)
                select 1).Count();
    }

    /// <summary>Lines of a picture's part in which the white of a tag is, below an image or above a montage.</summary>
    private static int TagLines(Image picture, int width, int end) =>
        Enumerable.Range(0, end).Count(y => Enumerable.Range(0, width).Any(x => picture[x, y] == 255));
}
