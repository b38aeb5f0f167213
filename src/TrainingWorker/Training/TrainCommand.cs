using Gateway.Imaging.Modalities;
using Gateway.Imaging.Slices;
using Gateway.TrainingWorker.Data;
using Gateway.Workshop.TrainingSets;

namespace Gateway.TrainingWorker.Training;

/// <summary>Trains both generators in this process, without a bus or a database.</summary>
public static class TrainCommand
{
    /// <summary>Runs until done or cancelled. A cancelled run can go on later with <see cref="TrainingRequest.Resume"/>.</summary>
    /// <exception cref="InvalidDataException">The request has another recipe than the checkpoint (the message lists the differences), or a
    /// learning rate that is none.</exception>
    /// <exception cref="TrainingDeviceException">The device that was asked for is not here.</exception>
    /// <exception cref="TrainingDivergedException">A loss or a weight is not finite; the checkpoint stays as it was.</exception>
    public static void Run(TrainingRequest request, TimeProvider time, IProgress<TrainingProgress> progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        var device = TrainingDevice.Of(request.Device);
        Directory.CreateDirectory(request.Out);
        var checkpoint = Path.Combine(request.Out, Checkpoint.FileName);
        var resumed = request.Resume && File.Exists(checkpoint);
        var options = resumed ? Resumed(checkpoint, request.Options) : request.Options ?? new();
        if (!resumed && request.From.Count > 0)
            options = options with { Parents = StartingWeights.Digests(request.From) };
        CheckRates(options);
        Check(options, request);
        using var photographs = PhotographNetworks.Read(request, options, resumed, device);
        options = photographs.Recorded(options);
        var data = PreparedFolder.Load(request.Real, request.Paired, Pair(options), options.LeastNccInside);
        if (options.MaskShare > 0)
            data = data with { Sides = [.. data.Sides.Select(Masked)] };
        using var state = new TrainingState(options, device);
        if (resumed)
            Checkpoint.Load(checkpoint, state);
        else
            Begin(state, request, photographs);
        if (PhotographNetworks.Describe(options) is { } description)
            progress.Report(TrainingProgress.Of(state, description));
        new TrainingRun(state, data, request.Out, time, progress, photographs.Features).Run(cancel);
    }

    private static void Begin(TrainingState state, TrainingRequest request, PhotographNetworks photographs)
    {
        photographs.Fill(state);
        if (request.From.Count > 0)
            StartingWeights.Fill(state, request.From);
    }

    private static TrainingSide Masked(TrainingSide side)
    {
        if (!side.Profile.MaskedByReference)
            return side;
        var folder = Path.Combine(AppContext.BaseDirectory, "models", "references", side.Profile.Modality.Code);
        var mask = Reference.Load(folder, side.Profile).Mask;
        var seen = new byte[mask.Width * mask.Height];
        for (var i = 0; i < seen.Length; i++)
            seen[i] = mask.Pixels[i] ? byte.MaxValue : byte.MinValue;
        return side with { Mask = new("mask", mask.Width, seen) };
    }

    private static void Check(TrainingOptions options, TrainingRequest request)
    {
        if (options.FromChampion)
            throw new InvalidDataException("FromChampion is for training jobs: a folder has no champions.");
        if (options.PairedWeights.Count > 0 && options.PairedWeights.Count != request.Paired.Count)
            throw new InvalidDataException(
                $"PairedWeights has {options.PairedWeights.Count} numbers, and there are {request.Paired.Count} folders of pairs.");
        if (options.Trained.Count == 1 && options.StepsAdversarial > 0)
            throw new InvalidDataException("Only trains one direction, and the adversarial stage needs both: StepsAdversarial must be 0.");
        if (request.Real is { } real)
            CheckPreparation(options, TrainingManifest.Load(real));
    }

    // The grey of a model is what its recipe says; a training set of another would make it lie.
    private static void CheckPreparation(TrainingOptions options, TrainingManifest manifest)
    {
        if (options.ClipLow != manifest.HuLow || options.ClipHigh != manifest.HuHigh)
            throw new InvalidDataException(FormattableString.Invariant(
                $"The recipe clips CT to {options.ClipLow}..{options.ClipHigh} HU, the training set {manifest.HuLow}..{manifest.HuHigh}."));
        if (options.Registration == "deformable" != manifest.Deform)
            throw new InvalidDataException(
                $"The recipe's registration is {options.Registration}, the training set's {(manifest.Deform ? "deformable" : "linear")}.");
    }

    // Batch norm and tanh keep every loss finite at rates at which nothing is learnt.
    private static void CheckRates(TrainingOptions options)
    {
        var rates = new Dictionary<string, double>
        {
            [nameof(options.PairedRate)] = options.PairedRate,
            [nameof(options.PairedRateEnd)] = options.PairedRateEnd,
            [nameof(options.GeneratorRate)] = options.GeneratorRate,
            [nameof(options.DiscriminatorRate)] = options.DiscriminatorRate,
        };
        foreach (var (name, rate) in rates)
            if (rate is not (>= 0 and <= 1))
                throw new InvalidDataException(
                    FormattableString.Invariant($"{name} is {rate}; a learning rate is at least 0 and at most 1."));
    }

    // A run with two recipes could not be repeated: its checkpoint would name the second one only.
    private static TrainingOptions Resumed(string checkpoint, TrainingOptions? asked)
    {
        var options = Checkpoint.Options(checkpoint);
        return asked is null || options.Differences(Begun(asked, options)) is not { Count: > 0 } differences
            ? options
            : throw new InvalidDataException(
                $"{checkpoint} has another recipe: {string.Join("; ", differences)}. Resume without options, or start anew in another folder.");
    }

    // What the run itself wrote into its recipe nobody asks for again.
    private static TrainingOptions Begun(TrainingOptions asked, TrainingOptions options) => asked with
    {
        Parents = options.Parents,
        Encoder = options.Encoder,
        Perceptual = asked.Perceptual is { } perceptual
            ? perceptual with { Network = options.Perceptual?.Network, Sha256 = options.Perceptual?.Sha256 } : null,
    };

    private static ModalityProfile[] Pair(TrainingOptions options)
    {
        var direction = Direction.Parse(options.Direction);
        return [ShippedModalities.Table[direction.From], ShippedModalities.Table[direction.To]];
    }
}
