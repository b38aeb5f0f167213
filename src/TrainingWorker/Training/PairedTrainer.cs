using Gateway.TrainingWorker.Data;
using Gateway.TrainingWorker.Losses;
using Gateway.TrainingWorker.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Training;

/// <summary>Stage A: each generator learns its translation alone, from phantoms, where the truth is known.</summary>
public sealed class PairedTrainer(TrainingState state, TrainingData data)
{
    private readonly TrainingOptions _options = state.Options;

    private int FreezeStep => _options.FreezeStatisticsAt < 1 ? (int)(_options.FreezeStatisticsAt * _options.StepsPaired) : int.MaxValue;

    /// <summary>Updates one generator: in even steps that of the first direction, in odd steps its reverse, if both are trained.</summary>
    public TrainingStep Step()
    {
        using var scope = NewDisposeScope();
        using var chance = new StepRandom(_options.Seed, state.Step, stream: 0, state.Device);
        var way = state.Ways[state.Step % state.Ways.Count];
        BatchSize shape = state.Step < _options.StepsSmall
            ? new(_options.BatchSmall, _options.SmallSize, _options.SmallSize)
            : new(_options.BatchFull, _options.FullSize, _options.CropSize);
        var batch = Batches.Pairs(data, _options, way.Direction, way.IsWide, shape, chance);
        Prepare(way);
        var losses = new StepLosses();
        var loss = PairedLoss.Of(way.Make(batch.Source), batch, _options, way.Direction.To.Code, losses);
        way.GeneratorAdam.ForgetGradients();
        loss.backward();
        var rate = Rate();
        way.GeneratorAdam.Step(rate, 0.9, _options.Beta2);
        way.MoveAverage();
        return new()
        {
            Stage = "paired",
            Losses = losses.Read(),
            GeneratorRate = rate,
        };
    }

    /// <summary>Ends stage A: the averages become the networks, and the statistics of their batch norms are measured on full-size
    /// phantoms.</summary>
    /// <remarks>Stage B has batches of one, on which a batch norm cannot measure statistics. It keeps these.</remarks>
    public void Finish()
    {
        foreach (var way in state.Ways)
        {
            Settle(way);
            way.GeneratorAdam.Reset();
            way.AverageUpdates = 0;
        }
    }

    private void Prepare(TrainedWay way)
    {
        if (state.Step == FreezeStep)
            foreach (var each in state.Ways)
                Settle(each);
        if (state.Step >= FreezeStep)
            way.Generator.TrainWithFrozenStatistics();
        else
            way.Generator.train();
    }

    private void Settle(TrainedWay way)
    {
        Calibrate(way);
        WeightAverage.Copy(way.Average, way.Generator);
    }

    private void Calibrate(TrainedWay way)
    {
        using var quiet = no_grad();
        var network = way.Average;
        network.train();
        foreach (var norm in network.BatchNorms())
            norm.ResetStatistics();
        for (var i = 0; i < _options.CalibrationBatches; i++)
        {
            using var scope = NewDisposeScope();
            using var chance = new StepRandom(_options.Seed, state.Step + i, stream: 1 + way.Number, state.Device);
            // A running mean with momentum 1/(i+1) is the plain mean.
            foreach (var norm in network.BatchNorms())
                norm.Momentum = 1.0 / (i + 1);
            BatchSize whole = new(_options.BatchSmall, _options.FullSize, _options.FullSize);
            network.call(Batches.Pairs(data, _options, way.Direction, way.IsWide, whole, chance).Source);
        }
        foreach (var norm in network.BatchNorms())
            norm.Momentum = BatchNorm.UsualMomentum;
        network.eval();
    }

    private double Rate()
    {
        var warm = Math.Min(1, (state.Step + 1.0) / (state.Ways.Count * _options.PairedWarmup));
        var cosine = 0.5 * (1 + Math.Cos(Math.PI * state.Step / _options.StepsPaired));
        return warm * (_options.PairedRateEnd + (_options.PairedRate - _options.PairedRateEnd) * cosine);
    }
}
