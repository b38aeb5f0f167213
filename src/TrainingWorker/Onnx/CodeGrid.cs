namespace Gateway.TrainingWorker.Onnx;

/// <summary>The 256 values that a picture between two operators can take: (code - Zero) x Scale.</summary>
internal readonly record struct CodeGrid(float Scale, byte Zero)
{
    /// <summary>From low to high, 0 among them.</summary>
    public static CodeGrid Of(float low, float high)
    {
        (low, high) = (Math.Min(low, 0), Math.Max(high, 0));
        var scale = Math.Max(high - low, 1e-6f) / byte.MaxValue;
        return new(scale, (byte)MathF.Round(-low / scale));
    }
}
