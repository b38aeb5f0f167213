using Gateway.Imaging.Modalities;
using Gateway.TrainingWorker.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Training;

/// <summary>Everything that a step changes and a checkpoint stores.</summary>
public sealed class TrainingState : IDisposable
{
    /// <param name="device">Where all of it is, as <see cref="TrainingDevice"/> found it; the CPU by default.</param>
    /// <exception cref="InvalidDataException">The recipe names what there is not.</exception>
    public TrainingState(TrainingOptions options, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options;
        Device = device ?? CPU;
        random.manual_seed(options.Seed);
        // Created kind by kind, on the CPU: a seed's weights are drawn in this order and are the same on every device.
        var trained = options.Trained;
        UNetResNet18[] generators = [.. trained.Select(Generator)], averages = [.. trained.Select(Generator)];
        nn.Module<Tensor, Tensor>[] discriminators = [.. trained.Select(_ => Discriminator())];
        Ways = [.. trained.Select((direction, i) => new TrainedWay(
            direction, options.NumberOf(direction), generators[i], averages[i], discriminators[i], options))];
        foreach (var way in Ways)
        {
            WeightAverage.Copy(way.Generator, way.Average);
            way.Average.eval();
        }
    }

    public TrainingOptions Options { get; }

    public Device Device { get; }

    /// <summary>Steps done.</summary>
    public int Step { get; set; }

    /// <summary>The two directions, or the one that <see cref="TrainingOptions.Only"/> names.</summary>
    public IReadOnlyList<TrainedWay> Ways { get; }

    /// <summary>The opposite direction; null if it is not trained.</summary>
    public TrainedWay? Back(TrainedWay way) => Ways.SingleOrDefault(other => other != way);

    /// <summary>Every tensor by its name in a checkpoint.</summary>
    public IEnumerable<(string Name, Tensor Value)> Tensors() => Ways.SelectMany(way => way.Tensors());

    /// <summary>Those of them that are exported.</summary>
    public IEnumerable<(string Name, Tensor Value)> Averages() => Ways.SelectMany(way => way.Averages());

    /// <summary>The counters, by name.</summary>
    public Dictionary<string, long> Counters
    {
        get => new(Ways.SelectMany(way => way.Counters).Prepend(new("step", Step)), StringComparer.Ordinal);
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            Step = (int)value["step"];
            foreach (var way in Ways)
                way.Counters = value;
        }
    }

    public void Dispose()
    {
        foreach (var way in Ways)
            way.Dispose();
    }

    private nn.Module<Tensor, Tensor> Discriminator() => Options.Discriminator switch
    {
        "patch" => new PatchDiscriminator(Options.DiscriminatorWidth).to(Device),
        "resnet18" => new ResNet18(channels: 1, classes: 1, Options.DiscriminatorWidth).to(Device),
        var other => throw new InvalidDataException($"{other} is no discriminator; there are patch, resnet18."),
    };

    private UNetResNet18 Generator(Direction direction) =>
        new UNetResNet18(Options.GeneratorWidth, outputs: Options.OutputsOf(direction)).to(Device);
}
