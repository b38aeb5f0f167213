using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Data;

/// <summary>The square that a batch is cut from pictures.</summary>
/// <param name="Down">Pixels above it, before pictures are shrunk.</param>
/// <param name="Across">Pixels to the left of it, before pictures are shrunk.</param>
/// <param name="Factor">Pictures are shrunk by so much.</param>
/// <param name="Side">Of the square, after pictures were shrunk.</param>
internal readonly record struct Cut(int Down, int Across, int Factor, int Side)
{
    /// <summary>The same square of other pictures N x C x Size x Size.</summary>
    public Tensor Of(Tensor pictures) =>
        Batches.Shrink(pictures.narrow(2, Down, Factor * Side).narrow(3, Across, Factor * Side), Side);
}
