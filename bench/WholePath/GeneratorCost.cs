namespace Gateway.WholePath;

/// <summary>Arithmetic of one run of the generator, U-Net over ResNet-18 (docs/decisions/0003), on one 256 x 256 slice: two operations for
/// every multiplication in a convolution. Norms, activations and additions are left out, together under 1 %.</summary>
internal static class GeneratorCost
{
    /// <summary>Kernel side, input channels, output channels, output side, how often.</summary>
    private static readonly (int Kernel, int In, int Out, int Side, int Times)[] Convolutions =
    [
        (7, 1, 64, 128, 1),
        (3, 64, 64, 64, 4),
        (3, 64, 128, 32, 1), (3, 128, 128, 32, 3), (1, 64, 128, 32, 1),
        (3, 128, 256, 16, 1), (3, 256, 256, 16, 3), (1, 128, 256, 16, 1),
        (3, 256, 512, 8, 1), (3, 512, 512, 8, 3), (1, 256, 512, 8, 1),
        (3, 768, 256, 16, 1), (3, 256, 256, 16, 1),
        (3, 384, 128, 32, 1), (3, 128, 128, 32, 1),
        (3, 192, 64, 64, 1), (3, 64, 64, 64, 1),
        (3, 128, 32, 128, 1), (3, 32, 32, 128, 1),
        (3, 32, 16, 256, 1), (3, 16, 16, 256, 1),
        (3, 16, 1, 256, 1),
    ];

    /// <summary>Operations of one run, 1e9; null when the file's size says that the model has other layers than these.</summary>
    public static double? Gigaoperations(string modelFile)
    {
        var weights = Convolutions.Sum(c => (double)c.Times * c.Kernel * c.Kernel * c.In * c.Out);
        var bytesPerWeight = new FileInfo(modelFile).Length / weights;
        if (Math.Abs(bytesPerWeight - 2) > 0.04 && Math.Abs(bytesPerWeight - 4) > 0.08)
            return null;
        return Convolutions.Sum(c => 2.0 * c.Times * c.Kernel * c.Kernel * c.In * c.Out * c.Side * c.Side) / 1e9;
    }
}
