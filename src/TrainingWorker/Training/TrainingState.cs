using Gateway.TrainingWorker.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Training;

/// <summary>Everything that a step changes and a checkpoint keeps. Directions: 0 is T2 to CT, 1 is CT to T2.</summary>
public sealed class TrainingState : IDisposable
{
    public TrainingState(TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options;
        random.manual_seed(options.Seed);
        Generators = [new UNetResNet18(options.GeneratorWidth), new UNetResNet18(options.GeneratorWidth)];
        Averages = [new UNetResNet18(options.GeneratorWidth), new UNetResNet18(options.GeneratorWidth)];
        Discriminators = [new PatchDiscriminator(options.DiscriminatorWidth), new PatchDiscriminator(options.DiscriminatorWidth)];
        GeneratorAdams = [new Adam(Generators[0]), new Adam(Generators[1])];
        DiscriminatorAdams = [new Adam(Discriminators[0]), new Adam(Discriminators[1])];
        Pools = [new ImagePool(options.PoolSize, options.CropSize), new ImagePool(options.PoolSize, options.CropSize)];
        for (var i = 0; i < 2; i++)
        {
            WeightAverage.Copy(Generators[i], Averages[i]);
            Averages[i].eval();
        }
    }

    public TrainingOptions Options { get; }

    /// <summary>Steps done.</summary>
    public int Step { get; set; }

    /// <summary>Updates of each average so far; starts again with stage B.</summary>
    public long[] AverageUpdates { get; } = [0, 0];

    public IReadOnlyList<UNetResNet18> Generators { get; }

    /// <summary>The generators' moving averages, always in evaluation mode.</summary>
    public IReadOnlyList<UNetResNet18> Averages { get; }

    /// <summary>Judges of what the generator of the same index makes.</summary>
    public IReadOnlyList<PatchDiscriminator> Discriminators { get; }
    public IReadOnlyList<Adam> GeneratorAdams { get; }
    public IReadOnlyList<Adam> DiscriminatorAdams { get; }
    public IReadOnlyList<ImagePool> Pools { get; }

    /// <summary>Generator <paramref name="i"/>'s image, in the precision that training uses.</summary>
    public Tensor Generate(int i, Tensor image)
    {
        using var scope = NewDisposeScope();
        return Generators[i].call(Options.BFloat16 ? image.to_type(ScalarType.BFloat16) : image).MoveToOuterDisposeScope();
    }

    /// <summary>Moves generator <paramref name="i"/>'s average one step.</summary>
    public void Average(int i) => WeightAverage.Update(Averages[i], Generators[i], AverageUpdates[i]++, Options.AverageDecay);

    /// <summary>Every tensor by its name in a checkpoint.</summary>
    public IEnumerable<(string Name, Tensor Value)> Tensors()
    {
        for (var i = 0; i < 2; i++)
        {
            foreach (var (module, prefix) in new (nn.Module, string)[] { (Averages[i], "average"), (Generators[i], "generator"), (Discriminators[i], "discriminator") })
                foreach (var (name, value) in module.state_dict())
                    yield return ($"{prefix}.{i}.{name}", value);
            foreach (var (adam, prefix) in new[] { (GeneratorAdams[i], "generator_adam"), (DiscriminatorAdams[i], "discriminator_adam") })
                foreach (var (name, value) in adam.State())
                    yield return ($"{prefix}.{i}.{name}", value);
            yield return ($"pool.{i}", Pools[i].Images);
        }
    }

    /// <summary>The counters, by name.</summary>
    public Dictionary<string, long> Counters
    {
        get => new(StringComparer.Ordinal)
        {
            ["step"] = Step,
            ["average.0"] = AverageUpdates[0],
            ["average.1"] = AverageUpdates[1],
            ["generator_adam.0"] = GeneratorAdams[0].Steps,
            ["generator_adam.1"] = GeneratorAdams[1].Steps,
            ["discriminator_adam.0"] = DiscriminatorAdams[0].Steps,
            ["discriminator_adam.1"] = DiscriminatorAdams[1].Steps,
            ["pool.0"] = Pools[0].Count,
            ["pool.1"] = Pools[1].Count,
        };
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            Step = (int)value["step"];
            for (var i = 0; i < 2; i++)
            {
                AverageUpdates[i] = value[$"average.{i}"];
                GeneratorAdams[i].Steps = value[$"generator_adam.{i}"];
                DiscriminatorAdams[i].Steps = value[$"discriminator_adam.{i}"];
                Pools[i].Count = (int)value[$"pool.{i}"];
            }
        }
    }

    public void Dispose()
    {
        foreach (var part in Generators.Concat(Averages).Cast<IDisposable>().Concat(Discriminators).Concat(GeneratorAdams).Concat(DiscriminatorAdams).Concat(Pools))
            part.Dispose();
    }
}
