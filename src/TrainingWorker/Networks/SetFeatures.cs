using Gateway.Imaging.Grids;
using Gateway.TrainingWorker.Weights;
using Gateway.Workshop.Evaluation;
using TorchSharp;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Networks;

/// <summary>
/// What sets of pictures are compared by, of an operator's file of weights. With those of the 2015 Inception the Frechet distance is the
/// FID as pytorch-fid computes it: 299 x 299 bilinear, without anti-aliasing, and the 2048 features before the classes.
/// </summary>
public sealed class SetFeatures : IDisposable
{
    private const int Batch = 4;
    private const int InceptionSide = 299;

    private readonly IDisposable _network;

    private SetFeatures(IDisposable network, string name, string sha256, Func<Tensor, Tensor> of)
    {
        _network = network;
        Features = new(name, sha256, pictures => [.. pictures.Chunk(Batch).SelectMany(batch => Vectors(batch, of))]);
    }

    public PictureFeatures Features { get; }

    /// <summary>Reads Inception-v3 by pytorch-fid's names, or what <see cref="FeatureNetwork.Read"/> does.</summary>
    /// <param name="path">A file of any format that <see cref="WeightFile"/> reads.</param>
    /// <exception cref="InvalidDataException">It is none of these networks, or lacks a layer.</exception>
    public static SetFeatures Read(string path)
    {
        using var scope = NewDisposeScope();
        var file = WeightFile.Read(path);
        if (!file.Tensors.ContainsKey("Mixed_7c.branch_pool.conv.weight"))
        {
            var features = FeatureNetwork.Read(path);
            return new(features, features.Name, features.Sha256, features.Pooled);
        }
        var inception = new InceptionV3();
        var missing = WeightLoading.Into(inception, file.Tensors).Missing;
        if (missing.Count > 0)
            throw new InvalidDataException($"{path} lacks {string.Join(", ", missing)} of Inception-v3.");
        inception.eval();
        return new(inception, "Inception-v3 of 2015, 2048 (FID, pytorch-fid)", file.Sha256, picture => inception.call(
            nn.functional.interpolate(picture, [InceptionSide, InceptionSide], mode: InterpolationMode.Bilinear, align_corners: false)
                .expand(-1, 3, -1, -1)));
    }

    public void Dispose() => _network.Dispose();

    private static IEnumerable<double[]> Vectors(Image[] pictures, Func<Tensor, Tensor> of)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        float[] values = [.. pictures.SelectMany(picture => picture.Pixels)];
        var vectors = of(tensor(values, [pictures.Length, 1, pictures[0].Height, pictures[0].Width]));
        var found = vectors.to_type(ScalarType.Float64).contiguous().data<double>().ToArray();
        return [.. found.Chunk(found.Length / pictures.Length)];
    }
}
