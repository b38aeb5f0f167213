using Gateway.Imaging.Modalities;
using Gateway.TrainingWorker.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Training;

/// <summary>One direction of the pair: its generator, the discriminator of the generator's images, and what trains both.</summary>
/// <param name="number">Part of the names of a checkpoint's tensors: 0 for the first direction, 1 for its reverse.</param>
public sealed class TrainedWay(
    Direction direction, int number, UNetResNet18 generator, UNetResNet18 average, nn.Module<Tensor, Tensor> discriminator,
    TrainingOptions options)
    : IDisposable
{
    public Direction Direction => direction;

    public int Number => number;

    public UNetResNet18 Generator => generator;

    /// <summary>The generator's moving average, always in evaluation mode.</summary>
    public UNetResNet18 Average => average;

    /// <summary>Judges the images that the generator makes.</summary>
    public nn.Module<Tensor, Tensor> Discriminator => discriminator;

    public Adam GeneratorAdam { get; } = new(generator, options.WeightDecay);

    public Adam DiscriminatorAdam { get; } = new(discriminator);

    public ImagePool Pool { get; } = new(options.PoolSize, options.CropSize, generator.Head.weight!.device);

    /// <summary>Updates of the average so far; counted from 0 again in stage B.</summary>
    public long AverageUpdates { get; set; }

    /// <summary>Whether the second channel is the wide window.</summary>
    public bool IsWide => generator.Outputs > 1;

    /// <summary>The generator's image with all its channels, in the precision that training uses.</summary>
    public Tensor Make(Tensor image)
    {
        using var scope = NewDisposeScope();
        return generator.call(options.BFloat16 ? image.to_type(ScalarType.BFloat16) : image).MoveToOuterDisposeScope();
    }

    /// <summary>The first channel of it: the other modality, N x 1 x H x W.</summary>
    public Tensor Generate(Tensor image)
    {
        using var scope = NewDisposeScope();
        return Make(image).narrow(1, 0, 1).MoveToOuterDisposeScope();
    }

    /// <summary>The first channel of what the average makes, in float32.</summary>
    public Tensor Translate(Tensor image)
    {
        using var scope = NewDisposeScope();
        return average.call(image).narrow(1, 0, 1).MoveToOuterDisposeScope();
    }

    /// <summary>Moves the average one step.</summary>
    public void MoveAverage() => WeightAverage.Update(average, generator, AverageUpdates++, options.AverageDecay);

    /// <summary>Every tensor by its name in a checkpoint.</summary>
    public IEnumerable<(string Name, Tensor Value)> Tensors()
    {
        foreach (var weight in Averages())
            yield return weight;
        foreach (var (module, prefix) in new (nn.Module, string)[] { (generator, "generator"), (discriminator, "discriminator") })
            foreach (var (name, value) in module.state_dict())
                yield return ($"{prefix}.{number}.{name}", value);
        foreach (var (adam, prefix) in new[] { (GeneratorAdam, "generator_adam"), (DiscriminatorAdam, "discriminator_adam") })
            foreach (var (name, value) in adam.State())
                yield return ($"{prefix}.{number}.{name}", value);
        yield return ($"pool.{number}", Pool.Images);
    }

    /// <summary>Those of the average.</summary>
    public IEnumerable<(string Name, Tensor Value)> Averages() =>
        average.state_dict().Select(weight => ($"average.{number}.{weight.Key}", weight.Value));

    /// <summary>The counters, by their names in a checkpoint.</summary>
    public IReadOnlyDictionary<string, long> Counters
    {
        get => new Dictionary<string, long>
        {
            [$"average.{number}"] = AverageUpdates,
            [$"generator_adam.{number}"] = GeneratorAdam.Steps,
            [$"discriminator_adam.{number}"] = DiscriminatorAdam.Steps,
            [$"pool.{number}"] = Pool.Count,
        };
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            AverageUpdates = value[$"average.{number}"];
            GeneratorAdam.Steps = value[$"generator_adam.{number}"];
            DiscriminatorAdam.Steps = value[$"discriminator_adam.{number}"];
            Pool.Count = (int)value[$"pool.{number}"];
        }
    }

    public void Dispose()
    {
        foreach (var part in (IDisposable[])[generator, average, discriminator, GeneratorAdam, DiscriminatorAdam, Pool])
            part.Dispose();
    }
}
