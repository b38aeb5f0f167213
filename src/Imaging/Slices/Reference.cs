using System.Security.Cryptography;
using System.Text.Json;
using Gateway.Imaging.Files;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Registration;

namespace Gateway.Imaging.Slices;

/// <summary>
/// The mean axial brain of one modality that slices are chosen by and registered to: 256 x 256, 1.0 mm, x to the
/// patient's left, y to the back. On disk: reference.png (0..255), mask.png (0 or 255), reference.json.
/// </summary>
public sealed class Reference
{
    public const int Side = 256;

    /// <summary>52 HU in the brain window: above grey matter, below fresh blood.</summary>
    private const float BrightestBrain = 0.6f;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly Lazy<LinearRegistration> _turned;

    private Reference(ReferenceParameters parameters, Image image, Mask mask)
    {
        (Parameters, Image, Mask) = (parameters, image, mask);
        Registration = RegistrationTo(image, mask);
        Deformation = new(image, DeformableOptions.Full);
        _turned = new(() => RegistrationTo(new(Side, Side, [.. image.Pixels.AsEnumerable().Reverse()]), new(Side, Side, [.. mask.Pixels.AsEnumerable().Reverse()])));
    }

    public ReferenceParameters Parameters { get; }

    public Modality Modality => Parameters.Modality;

    /// <summary>[0, 1], 8-bit steps.</summary>
    public Image Image { get; }

    /// <summary>T2: the head. CT: the mask built once as the paper does, applied to every registered CT.</summary>
    public Mask Mask { get; }

    public LinearRegistration Registration { get; }

    /// <summary>To the reference turned by 180 degrees: what fits it better lies the wrong way round.</summary>
    internal LinearRegistration Turned => _turned.Value;

    /// <summary>Follows the linear one.</summary>
    public DeformableRegistration Deformation { get; }

    /// <summary>What 0 and 1 of a CT reference mean; of no use for T2.</summary>
    public HuWindow Window => new(Parameters.HuLow, Parameters.HuHigh);

    /// <param name="parameters">The digest is computed here.</param>
    /// <param name="image">[0, 1]; rounded to 8 bits, so that building and loading give the same reference.</param>
    /// <param name="mask">Same size.</param>
    public static Reference Create(ReferenceParameters parameters, Image image, Mask mask)
    {
        var (picture, shape) = (PngFile.EncodeGrey(image.Map(v => v * 255)), PngFile.EncodeGrey(mask.ToImage().Map(v => v * 255)));
        return Decode(parameters with { Digest = Digest(picture, shape) }, picture, shape);
    }

    /// <exception cref="InvalidDataException">A file is damaged, has another size, or the digest does not match.</exception>
    public static Reference Load(string folder)
    {
        var parameters = JsonSerializer.Deserialize<ReferenceParameters>(File.ReadAllBytes(Path.Combine(folder, "reference.json")), Json)
            ?? throw new InvalidDataException("reference.json is empty.");
        return Decode(parameters, File.ReadAllBytes(Path.Combine(folder, "reference.png")), File.ReadAllBytes(Path.Combine(folder, "mask.png")));
    }

    public void Save(string folder)
    {
        Directory.CreateDirectory(folder);
        PngFile.WriteGrey(Path.Combine(folder, "reference.png"), Image.Map(v => v * 255));
        PngFile.WriteGrey(Path.Combine(folder, "mask.png"), Mask.ToImage().Map(v => v * 255));
        File.WriteAllText(Path.Combine(folder, "reference.json"), JsonSerializer.Serialize(Parameters, Json) + "\n");
    }

    private static Reference Decode(ReferenceParameters parameters, byte[] picture, byte[] shape)
    {
        if (Digest(picture, shape) != parameters.Digest)
            throw new InvalidDataException("The reference's pictures are not those its digest was made from.");
        var (image, mask) = (PngFile.Decode(picture), PngFile.Decode(shape));
        if ((image.Width, image.Height, mask.Width, mask.Height) is not (Side, Side, Side, Side))
            throw new InvalidDataException($"A reference is {Side} x {Side} pixels.");
        return new(parameters, image.Normalise(0, 255), Mask.Where(mask, value => value > 127));
    }

    private LinearRegistration RegistrationTo(Image image, Mask mask) => new(image, mask, Modality == Modality.Ct ? BrightestBrain : 1);

    /// <summary>SHA-256 over reference.png followed by mask.png, lower-case hex.</summary>
    private static string Digest(byte[] picture, byte[] shape) => Convert.ToHexStringLower(SHA256.HashData([.. picture, .. shape]));
}
