using Gateway.Imaging.Modalities;
using Gateway.Persistence;
using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker;

/// <summary>Loads a model of the registry: its object, whole, with the metadata and the direction of its row, warmed by a probe.</summary>
public sealed class ModelLoader(IObjectStore objects, IOptions<ModelOptions> options)
{
    /// <param name="digest">The model's, which is its object's.</param>
    /// <param name="direction">The direction that its row says.</param>
    /// <returns>A session of its own, which the caller disposes.</returns>
    /// <exception cref="ModelException">The object is absent, damaged or cannot be read, is of another direction, or fails the
    /// probe.</exception>
    public OnnxModel Load(string digest, Direction direction)
    {
        var name = $"the model {digest[..12]}";
        var model = OnnxModel.Load(Read(digest, name), name, options.Value);
        try
        {
            if (model.Facts.Digest != digest)
                throw new ModelException($"The object of {name} is damaged.");
            if (model.Facts.Direction != direction)
                throw new ModelException($"The registry has {name} for {direction}; it says that it translates {model.Facts.Direction}.");
            ModelProbe.Check(model);
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    private byte[] Read(string digest, string name)
    {
        try
        {
            using var stream = objects.OpenRead(digest);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (FileNotFoundException e)
        {
            throw new ModelException($"The object store has no file of {name}.", e);
        }
        catch (Exception e) when (e is IOException or ObjectStoreAwayException)
        {
            throw new ModelException($"The object of {name} cannot be read: {e.GetType().Name}.", e);
        }
    }
}
