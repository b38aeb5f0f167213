using Gateway.TrainingWorker.Data;
using Gateway.TrainingWorker.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Training;

/// <summary>Stage A: each generator alone learns the translation from phantoms, where the truth is known.</summary>
public sealed class PairedTrainer(TrainingState state, TrainingData data)
{
    private readonly TrainingOptions _options = state.Options;

    /// <summary>One update of one generator: even steps T2 to CT, odd steps CT to T2.</summary>
    public Dictionary<string, double> Step()
    {
        using var scope = NewDisposeScope();
        using var chance = new StepRandom(_options.Seed, state.Step, stream: 0);
        var direction = state.Step % 2;
        var small = state.Step < _options.StepsSmall;
        var (source, target) = Batches.Pairs(data, _options.PseudoShare, direction == 0, small ? _options.BatchSmall : _options.BatchFull,
            small ? _options.SmallSize : _options.FullSize, small ? _options.SmallSize : _options.CropSize, chance);
        state.Generators[direction].train();
        var loss = ImageLosses.Reconstruction(state.Generate(direction, source), target, _options.SsimShare);
        state.GeneratorAdams[direction].ZeroGradients();
        loss.backward();
        state.GeneratorAdams[direction].Step(Rate(), 0.9, _options.Beta2);
        state.Average(direction);
        return new(StringComparer.Ordinal) { [direction == 0 ? "ct" : "t2"] = loss.item<float>() };
    }

    /// <summary>Ends stage A: the averages become the networks, and their batch norms' statistics are measured over whole-size phantoms.</summary>
    /// <remarks>Stage B works with batches of one, on which a batch norm cannot measure anything; it keeps these statistics.</remarks>
    public void Finish()
    {
        for (var direction = 0; direction < 2; direction++)
        {
            Calibrate(direction);
            WeightAverage.Copy(state.Averages[direction], state.Generators[direction]);
            state.GeneratorAdams[direction].Reset();
            state.AverageUpdates[direction] = 0;
        }
    }

    private void Calibrate(int direction)
    {
        using var quiet = no_grad();
        var network = state.Averages[direction];
        network.train();
        foreach (var norm in network.BatchNorms())
            norm.reset_running_stats();
        for (var i = 0; i < _options.CalibrationBatches; i++)
        {
            using var scope = NewDisposeScope();
            using var chance = new StepRandom(_options.Seed, state.Step + i, stream: 1 + direction);
            // A running mean with momentum 1/(i+1) is the plain mean.
            foreach (var norm in network.BatchNorms())
                norm.momentum = 1.0 / (i + 1);
            network.call(Batches.Pairs(data, _options.PseudoShare, direction == 0, _options.BatchSmall, _options.FullSize, _options.FullSize, chance).Source);
        }
        foreach (var norm in network.BatchNorms())
            norm.momentum = 0.1;
        network.eval();
    }

    private double Rate()
    {
        var warm = Math.Min(1, (state.Step + 1.0) / (2 * _options.PairedWarmup));
        var cosine = 0.5 * (1 + Math.Cos(Math.PI * state.Step / _options.StepsPaired));
        return warm * (_options.PairedRateEnd + (_options.PairedRate - _options.PairedRateEnd) * cosine);
    }
}
