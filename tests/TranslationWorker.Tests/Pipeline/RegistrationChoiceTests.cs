using Gateway.Testing;
using Gateway.Workshop.Phantom;
using Microsoft.Extensions.Logging.Abstractions;
using MsOptions = Microsoft.Extensions.Options.Options;

namespace Gateway.TranslationWorker.Tests.Pipeline;

/// <summary>The shipped models learned from linearly registered slices; a site may have the deformable stage all the same.</summary>
public sealed class RegistrationChoiceTests
{
    [Theory, InlineData(PhantomKind.T2, "t2-ct"), InlineData(PhantomKind.HeadCt, "ct-t2")]
    public void A_deformed_slice_comes_back_onto_the_same_grid_as_another_object_that_says_so(PhantomKind kind, string direction)
    {
        using var folder = new TemporaryDirectory();
        var sources = PhantomSeries.Write(folder.Path, new() { Seed = 31, Kind = kind })
            .Select(SourceInstance.File).ToList();

        var (auto, linear, deformable) = (Translate("auto"), Translate("linear"), Translate("deformable"));

        Assert.Equal(auto.Uid, linear.Uid);
        Assert.Equal(auto.Pixels, linear.Pixels);
        Assert.NotEqual(linear.Uid, deformable.Uid);
        Assert.NotEqual(linear.Pixels, deformable.Pixels);
        Assert.Equal(linear.Position, deformable.Position);
        Assert.Contains("registered (affine)", linear.Description, StringComparison.Ordinal);
        Assert.Contains("registered (affine, deformable)", deformable.Description, StringComparison.Ordinal);

        (string Uid, byte[] Pixels, string Position, string Description) Translate(string registration)
        {
            var options = MsOptions.Create(
                new ModelOptions { Directory = Path.Combine(Repository.Root, "models"), Registration = registration, Device = "cpu" });
            using var models = new ModelCatalog(options, NullLogger<ModelCatalog>.Instance);
            var translator = new SeriesTranslator(
                ShippedModalities.Table, models, new(options), MsOptions.Create(new SiteOptions()),
                MsOptions.Create(new TranslationOptions()), TimeProvider.System);
            var result = translator.Translate(Direction.Parse(direction), sources, DateTimeOffset.UnixEpoch);
            Assert.Empty(result.Reasons);
            var dataset = Assert.Single(result.Derived).Dataset;
            return (
                dataset.GetSingleValue<string>(DicomTag.SOPInstanceUID), dataset.GetValues<byte>(DicomTag.PixelData),
                dataset.GetString(DicomTag.ImagePositionPatient), dataset.GetString(DicomTag.DerivationDescription));
        }
    }
}
