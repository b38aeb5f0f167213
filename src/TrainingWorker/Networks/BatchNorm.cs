using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Networks;

/// <summary>Batch norm of N x C x H x W over all but C (Ioffe and Szegedy 2015), with torch's names and defaults.</summary>
/// <remarks>TorchSharp's own counts its batches with an implicit Scalar (see <see cref="Arithmetic"/>).</remarks>
internal sealed class BatchNorm : nn.Module<Tensor, Tensor>
{
    public const double UsualEpsilon = 1e-5;
    public const double UsualMomentum = 0.1;

    /// <param name="epsilon">Added to the variance.</param>
    public BatchNorm(int channels, double epsilon = UsualEpsilon) : base("batch_norm")
    {
        Epsilon = epsilon;
        register_parameter("weight", (Parameter)new Parameter(ones(channels)).DetachFromDisposeScope());
        register_parameter("bias", (Parameter)new Parameter(zeros(channels)).DetachFromDisposeScope());
        register_buffer("running_mean", zeros(channels).DetachFromDisposeScope());
        register_buffer("running_var", ones(channels).DetachFromDisposeScope());
        register_buffer("num_batches_tracked", tensor(0L).DetachFromDisposeScope());
    }

    public double Epsilon { get; }

    /// <summary>Weight of a new batch in the running statistics.</summary>
    public double Momentum { get; set; } = UsualMomentum;

    public Parameter Weight => get_parameter("weight")!;
    public Parameter Bias => get_parameter("bias")!;
    public Tensor RunningMean => get_buffer("running_mean")!;
    public Tensor RunningVariance => get_buffer("running_var")!;
    public Tensor Batches => get_buffer("num_batches_tracked")!;

    public void ResetStatistics()
    {
        using var quiet = no_grad();
        nn.init.zeros_(RunningMean);
        nn.init.ones_(RunningVariance);
        nn.init.zeros_(Batches);
    }

    /// <summary>The positive part of the norm, to which something may be added first. Both are done in place: the gradient of a batch norm
    /// asks for its input alone, and memory is what these operators cost.</summary>
    /// <param name="input">N x C x H x W.</param>
    /// <param name="added">Of the same shape; null for nothing.</param>
    public Tensor Rectified(Tensor input, Tensor? added = null)
    {
        var x = call(input);
        if (added is not null)
            x.Add(added);
        return nn.functional.relu(x, inplace: true);
    }

    public override Tensor forward(Tensor input)
    {
        if (training)
            Batches.Increment();
        return nn.functional.batch_norm(input, RunningMean, RunningVariance, Weight, Bias, training, Momentum, Epsilon);
    }
}
