using System.Security.Cryptography;
using Gateway.Imaging.Modalities;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker;

/// <summary>Brings the models that ship into the registry: as the first champions where there were none, as candidates where a later
/// release brings others.</summary>
public sealed class ShippedModels(
    IDbContextFactory<GatewayDbContext> databases, IObjectStore objects, ModelActivation registry, IOptions<ModelOptions> options,
    TimeProvider time)
{
    private const string By = "gateway";

    /// <summary>Does nothing where no file ships for the direction, or where it is in the registry.</summary>
    /// <exception cref="ModelException">The file that ships cannot be used.</exception>
    public async Task ImportAsync(Direction direction, CancellationToken cancel)
    {
        var path = Path.Combine(options.Value.Folder, direction.Name + ".onnx");
        if (!File.Exists(path))
            return;
        var bytes = await File.ReadAllBytesAsync(path, cancel);
        if (await IsKnownAsync(Convert.ToHexStringLower(SHA256.HashData(bytes)), cancel))
            return;
        await ImportAsync(bytes, direction, path, By, $"Ships with gateway {GatewayVersion.Text}.", asFirst: true, cancel);
    }

    /// <summary>Takes a file into the registry as a candidate, or as the champion where it may be the first.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="direction">What it has to translate; null: whatever it says.</param>
    /// <param name="name">What the file is called in errors.</param>
    /// <param name="by">Who brings it.</param>
    /// <param name="why">Why.</param>
    /// <param name="asFirst">Whether it is the champion of a direction that never had one.</param>
    /// <param name="cancel">Ends the wait for the database and the object store.</param>
    /// <returns>What came of it, and what the file says of itself.</returns>
    /// <exception cref="ModelException">The file is not a model that the gateway can use.</exception>
    public async Task<(ModelActResult Result, ModelFacts Facts)> ImportAsync(
        byte[] bytes, Direction? direction, string name, string by, string why, bool asFirst, CancellationToken cancel)
    {
        ModelFacts facts;
        using (var model = OnnxModel.Load(bytes, name, options.Value))
        {
            if (direction is not null && model.Facts.Direction != direction)
                throw new ModelException($"{name} is for {direction} and says that it translates {model.Facts.Direction}.");
            ModelProbe.Check(model);
            facts = model.Facts;
        }
        await objects.PutAsync(bytes, cancel);
        var row = new Model
        {
            Digest = facts.Digest,
            Direction = facts.Direction.Name,
            Name = facts.Name,
            Version = facts.Version,
            CreatedAt = time.GetUtcNow(),
        };
        return (await registry.ImportAsync(row, by, why, asFirst, cancel), facts);
    }

    private async Task<bool> IsKnownAsync(string digest, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Models.AnyAsync(m => m.Digest == digest, cancel) && await objects.ExistsAsync(digest, cancel);
    }
}
