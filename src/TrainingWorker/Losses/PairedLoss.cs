using Gateway.Imaging.Modalities;
using Gateway.TrainingWorker.Data;
using Gateway.TrainingWorker.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Losses;

/// <summary>The distance of a translation to the truth.</summary>
internal static class PairedLoss
{
    /// <summary>Where bone begins in HU, and over how many it does.</summary>
    private const double BoneHu = 100, BoneEdgeHu = 40;

    /// <summary>Of the first channel <see cref="ImageLosses.Reconstruction"/>, in which a finding's pixels count more; of the wide channel,
    /// where the truth is known, the mean absolute difference and the soft Dice of bone (Milletari et al. 2016, V-Net).</summary>
    /// <param name="made">As many channels as the batch's targets.</param>
    /// <param name="name">Of the first part in <paramref name="losses"/>; the others have it behind their own.</param>
    /// <param name="losses">Receives the parts before weighting.</param>
    public static Tensor Of(Tensor made, PairedBatch batch, TrainingOptions options, string name, StepLosses losses)
    {
        var (image, target) = (made.narrow(1, 0, 1), batch.Target.narrow(1, 0, 1));
        var loss = batch.Weights is null
            ? ImageLosses.Reconstruction(image, target, options.SsimShare)
            : ImageLosses.Ssim(image, target).Times(-1).Plus(1).Times(options.SsimShare)
                .Plus(((image - target).abs() * batch.Weights).mean().Times(1 - options.SsimShare));
        losses.Add(name, loss);
        if (batch.Known is not { } known)
            return loss;
        var (wide, truth) = (made.narrow(1, 1, 1), batch.Target.narrow(1, 1, 1));
        var far = (wide - truth).abs() * known;
        var distance = (batch.Weights is null ? far : far * batch.Weights).mean();
        losses.Add($"wide.{name}", distance);
        loss = loss.Plus(distance.Times(options.WideWeight));
        if (options.BoneWeight <= 0)
            return loss;
        var apart = Apart(Bone(wide) * known, Bone(truth) * known);
        losses.Add($"bone.{name}", apart);
        return loss.Plus(apart.Times(options.BoneWeight));
    }

    // The wide window's -1..1 as a share of bone.
    private static Tensor Bone(Tensor wide)
    {
        var (range, middle) = (GreyRange.Wide.Width / 2, (GreyRange.Wide.Low + GreyRange.Wide.High) / 2);
        return wide.Times(range / BoneEdgeHu).Plus((middle - BoneHu) / BoneEdgeHu).sigmoid();
    }

    private static Tensor Apart(Tensor made, Tensor truth) =>
        ((made * truth).sum().Times(2).Plus(1) / made.sum().Plus(truth.sum()).Plus(1)).Times(-1).Plus(1);
}
