using TorchSharp;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Losses;

/// <summary>How a discriminator's judgements become losses. Judgements have any shape and no sigmoid: the larger, the more like a real
/// image.</summary>
public sealed class AdversarialLoss
{
    private readonly Func<Tensor, bool, Tensor> _distance;
    private readonly double _middle;
    private readonly double _share;

    private AdversarialLoss(string name, Func<Tensor, bool, Tensor> distance, double middle, double share) =>
        (Name, _distance, _middle, _share) = (name, distance, middle, share);

    /// <summary>Mean squared distance to 1 for real and 0 for made (Mao et al. 2017). The discriminator's two terms are halved, as CycleGAN
    /// does.</summary>
    public static AdversarialLoss LeastSquares { get; } =
        new("lsgan", (judged, real) => ImageLosses.LeastSquares(judged, real ? 1 : 0), middle: 0.5, share: 0.5);

    /// <summary>Binary cross entropy of the judgement's sigmoid. The generator is told -log D(made), which does not vanish where the
    /// discriminator is sure (Goodfellow et al. 2014); the discriminator's two terms are summed, as in the source report, 2.3.</summary>
    public static AdversarialLoss CrossEntropy { get; } = new("bce", Entropy, middle: 0, share: 1);

    public static IReadOnlyList<AdversarialLoss> All { get; } = [LeastSquares, CrossEntropy];

    /// <summary>As recipes call it.</summary>
    public string Name { get; }

    /// <exception cref="InvalidDataException">There is none of that name.</exception>
    public static AdversarialLoss Named(string name) => All.FirstOrDefault(loss => loss.Name == name)
        ?? throw new InvalidDataException($"{name} is no adversarial loss; there are {string.Join(", ", All.Select(loss => loss.Name))}.");

    /// <summary>Small when made images are taken for real ones; one number.</summary>
    public Tensor OfGenerator(Tensor onMade) => _distance(onMade, true);

    /// <summary>Small when both are told apart; one number.</summary>
    public Tensor OfDiscriminator(Tensor onReal, Tensor onMade)
    {
        using var scope = NewDisposeScope();
        return _distance(onReal, true).Plus(_distance(onMade, false)).Times(_share).MoveToOuterDisposeScope();
    }

    /// <summary>Share of judgements that are right, real and made counting alike; one number without gradient.</summary>
    public Tensor Accuracy(Tensor onReal, Tensor onMade)
    {
        using var scope = NewDisposeScope();
        return TakenForMade(onMade).Plus(1).Over(2).Plus(TakenForMade(onReal).Over(-2)).MoveToOuterDisposeScope();
    }

    private Tensor TakenForMade(Tensor judged) => judged.detach().Below(_middle).to_type(ScalarType.Float32).mean();

    private static Tensor Entropy(Tensor judged, bool real)
    {
        using var scope = NewDisposeScope();
        return nn.functional.logsigmoid(judged.Times(real ? 1 : -1)).mean().Times(-1).MoveToOuterDisposeScope();
    }
}
