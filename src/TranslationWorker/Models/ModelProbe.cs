using Gateway.Imaging.Slices;
using Microsoft.ML.OnnxRuntime;

namespace Gateway.TranslationWorker;

/// <summary>One translation of a fixed slice before a model gets a patient's: it warms the session and shows that this machine computes
/// what the model's maker did.</summary>
public static class ModelProbe
{
    /// <summary>Of a block's mean: weights of 16 bits and another device stay below it, another network does not.</summary>
    private const float Tolerance = 0.02f;

    /// <summary>A tanh that is rounded may pass 1 by so much.</summary>
    private const float Slack = 0.001f;

    /// <exception cref="ModelException">The output has another shape, is not finite, leaves -1..1, or is not what the file's metadata
    /// <c>probe</c> says.</exception>
    public static void Check(OnnxModel model)
    {
        var name = $"the model {model.Facts.Digest[..12]}";
        var output = Run(model, name);
        if (!Array.TrueForAll(output, float.IsFinite))
            throw new ModelException($"The output of {name} for the probe is not finite.");
        if (Array.Exists(output, value => Math.Abs(value) > 1 + Slack))
            throw new ModelException($"The output of {name} for the probe leaves -1..1.");
        if (model.Probe is not { } expected)
            return;
        var off = ProbeSlice.Blocks(output).Zip(expected, (made, wanted) => Math.Abs(made - wanted)).Max();
        if (expected.Count != ProbeSlice.BlockCount || !(off <= Tolerance))
            throw new ModelException($"The output of {name} for the probe is {off:0.000} off what its maker's was.");
    }

    private static float[] Run(OnnxModel model, string name)
    {
        try
        {
            return model.Translate(ProbeSlice.Input(), Reference.Side, Reference.Side);
        }
        catch (OnnxRuntimeException e)
        {
            throw new ModelException($"ONNX Runtime cannot run {name} on the probe: {e.Message}", e);
        }
    }
}
