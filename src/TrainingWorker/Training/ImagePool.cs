using TorchSharp;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Training;

/// <summary>Recent made images, so that a discriminator is not trained on the newest one only (Shrivastava et al. 2017).</summary>
/// <param name="device">Where they are kept; the CPU by default.</param>
public sealed class ImagePool(int capacity, int size, Device? device = null) : IDisposable
{
    /// <summary>capacity x 1 x size x size; the first <see cref="Count"/> rows are in use.</summary>
    public Tensor Images { get; } = zeros(capacity, 1, size, size, device: device ?? CPU).DetachFromDisposeScope();

    public int Count { get; set; }

    /// <summary>While the pool is not full, stores the new image and returns it. Afterwards it swaps the image for a stored one half of the
    /// time.</summary>
    public Tensor Exchange(Tensor image, StepRandom random)
    {
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        if (Count < capacity)
        {
            Images.narrow(0, Count++, 1).copy_(image);
            return image.detach().clone().MoveToOuterDisposeScope();
        }
        if (random.Chance(0.5))
            return image.detach().clone().MoveToOuterDisposeScope();
        var slot = Images.narrow(0, random.Below(capacity), 1);
        var given = slot.clone();
        slot.copy_(image);
        return given.MoveToOuterDisposeScope();
    }

    public void Dispose() => Images.Dispose();
}
