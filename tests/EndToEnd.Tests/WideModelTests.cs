using Gateway.Testing;
using Gateway.TrainingWorker.Onnx;
using Gateway.TranslationWorker;
using Google.Protobuf;

namespace Gateway.EndToEnd.Tests;

/// <summary>A model of CT with a second channel, in the reader that translates patients.</summary>
public sealed class WideModelTests
{
    [Fact]
    public void Both_channels_of_a_wide_model_are_read_and_the_first_is_the_translation()
    {
        using var folder = new TemporaryDirectory();
        var path = folder.Combine("wide.onnx");
        File.WriteAllBytes(path, Model(wide: true));
        using var model = OnnxModel.Load(path, new ModelOptions());
        float[] grey = [.. Enumerable.Range(0, 32 * 32).Select(i => i / 1024f)];

        var (made, wide) = model.TranslateWide(grey, 32, 32);

        Assert.Equal((-1000f, 2000f), (model.Facts.Wide!.Value.Low, model.Facts.Wide.Value.High));
        Assert.Equal([.. grey.Select(value => value / 2)], made);
        Assert.Equal([.. grey.Select(value => -value)], wide!);
        Assert.Equal(made, model.Translate(grey, 32, 32));
    }

    [Fact]
    public void A_model_of_one_channel_has_no_wide_picture()
    {
        using var model = OnnxModel.Load(Model(wide: false), "narrow", new ModelOptions());
        var (made, wide) = model.TranslateWide(new float[32 * 32], 32, 32);
        Assert.Equal((32 * 32, null, null), (made.Length, wide, model.Facts.Wide));
    }

    // Half of the input, and its negative.
    private static byte[] Model(bool wide)
    {
        var channels = wide ? 2 : 1;
        using var graph = new OnnxGraph(half: false);
        var made = graph.Conv("input", wide ? [0.5f, -1] : [0.5f], [channels, 1, 1, 1], new float[channels], stride: 1, padding: 0);
        graph.Node("Identity", [made], "output");
        var metadata = new Dictionary<string, string>
        {
            ["direction"] = "t2-ct", ["hu_low"] = "-20", ["hu_high"] = "100", ["model"] = "wide", ["version"] = "1",
        };
        if (wide)
            (metadata["wide_low"], metadata["wide_high"]) = ("-1000", "2000");
        return graph.Model("Wide", "gateway", metadata, inputs: 1, outputs: channels).ToByteArray();
    }
}
