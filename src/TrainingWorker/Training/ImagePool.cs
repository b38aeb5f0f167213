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

    /// <summary>While the pool is not full, stores each new image and returns it. Afterwards it swaps it for a stored one half of the
    /// time. A pool of none returns what is new.</summary>
    /// <param name="images">N x 1 x size x size.</param>
    public Tensor Exchange(Tensor images, StepRandom random)
    {
        ArgumentNullException.ThrowIfNull(images);
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        var given = images.detach().clone();
        if (capacity > 0)
            for (var i = 0; i < given.shape[0]; i++)
                Exchange(given.narrow(0, i, 1), images.narrow(0, i, 1), random);
        return given.MoveToOuterDisposeScope();
    }

    private void Exchange(Tensor given, Tensor image, StepRandom random)
    {
        if (Count < capacity)
        {
            Images.narrow(0, Count++, 1).copy_(image);
            return;
        }
        if (random.Chance(0.5))
            return;
        var slot = Images.narrow(0, random.Below(capacity), 1);
        given.copy_(slot);
        slot.copy_(image);
    }

    public void Dispose() => Images.Dispose();
}
