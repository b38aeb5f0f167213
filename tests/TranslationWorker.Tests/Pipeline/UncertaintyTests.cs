using Gateway.Imaging.Grids;
using Gateway.Workshop.Phantom;

namespace Gateway.TranslationWorker.Tests.Pipeline;

public sealed class UncertaintyTests
{
    [Fact]
    public void The_cycle_error_of_the_chosen_slice_is_a_picture_on_the_patients_grid_where_it_is_asked_for()
    {
        using var translations = new Translations();
        var images = PhantomSeries.Create(new PhantomSeriesOptions { Seed = 3, Kind = PhantomKind.T2, Size = 128, Spacing = 1.8 }).ToList();

        var without = translations.Run(Shipped.T2ToCt, new TranslationOptions(), images);
        var with = translations.Run(Shipped.T2ToCt, new TranslationOptions { Uncertainty = true }, images);

        Assert.DoesNotContain(without.Panels, panel => panel.Kind == "uncertainty");
        var error = Assert.Single(with.Panels, panel => panel.Kind == "uncertainty").Image;
        var (source, derived) = (with.Panels[0].Image, with.Panels.Single(panel => panel.Kind == "patient").Image);
        Assert.Equal((source.Width, source.Height), (error.Width, error.Height));
        Assert.All(error.Pixels, share => Assert.InRange(share, 0, 1));
        Assert.Equal(0, Outside(error, derived).Max());
        Assert.True(error.Pixels.Max() > 0);
    }

    private static IEnumerable<float> Outside(Image error, Image hounsfield) => error.Pixels.Where((_, i) => hounsfield.Pixels[i] == -1000);
}
