using System.Security.Cryptography;
using System.Text.Json;
using Gateway.Imaging.Files;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Registration;

namespace Gateway.Imaging.Slices;

/// <summary>
/// The mean axial brain of one modality. Slices are chosen by it and registered to it: 256 x 256, 1.0 mm, x to the patient's left, y to the
/// back. On disk: reference.png (0..255), mask.png (0 or 255), reference.json; head.nii.gz where there is a mean head.
/// </summary>
public sealed class Reference
{
    public const int Side = 256;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly Lazy<LinearRegistration> _turned;

    private Reference(ModalityProfile profile, ReferenceParameters parameters, Image image, Mask mask, MeanHead? head)
    {
        (Profile, Parameters, Image, Mask, Head) = (profile, parameters, image, mask, head);
        Registration = RegistrationTo(image, mask);
        Deformation = new(image, DeformableOptions.Full);
        _turned = new(
            () => RegistrationTo(
                new(Side, Side, [.. image.Pixels.AsEnumerable().Reverse()]), new(Side, Side, [.. mask.Pixels.AsEnumerable().Reverse()])));
    }

    public ModalityProfile Profile { get; }

    public ReferenceParameters Parameters { get; }

    /// <summary>Values in [0, 1], in 8-bit steps.</summary>
    public Image Image { get; }

    /// <summary>The head. If the modality is <see cref="ModalityProfile.MaskedByReference"/>, it is a mask
    /// built once on bone and applied to
    /// every registered slice.</summary>
    public Mask Mask { get; }

    /// <summary>By which the level of a whole volume is found; null: slice by slice.</summary>
    public MeanHead? Head { get; }

    public LinearRegistration Registration { get; }

    /// <summary>To the reference turned by 180 degrees: a slice that fits this one better lies the wrong way round.</summary>
    internal LinearRegistration Turned => _turned.Value;

    /// <summary>The deformation that follows the linear registration.</summary>
    public DeformableRegistration Deformation { get; }

    /// <summary>The HU that 0 and 1 stand for; meaningless where values are not HU.</summary>
    public GreyRange Window => new(Parameters.HuLow, Parameters.HuHigh);

    /// <param name="profile">The profile of its modality.</param>
    /// <param name="parameters">Parameters; their digest is computed here.</param>
    /// <param name="image">[0, 1]; rounded to 8 bits, so that building and loading give the same reference.</param>
    /// <param name="mask">Same size.</param>
    public static Reference Create(ModalityProfile profile, ReferenceParameters parameters, Image image, Mask mask)
    {
        var (picture, shape) = (PngFile.EncodeGrey(image.Map(v => v * 255)), PngFile.EncodeGrey(mask.ToImage().Map(v => v * 255)));
        return Decode(profile, parameters with { Digest = Digest(picture, shape) }, picture, shape, head: null);
    }

    /// <summary>The same with another mean head.</summary>
    public Reference With(MeanHead? head) => new(Profile, Parameters, Image, Mask, head);

    /// <param name="folder">Holds the files.</param>
    /// <param name="profile">The modality that the reference must be of.</param>
    /// <exception cref="InvalidDataException">A file is damaged or has another size, the digest does not match, or it
    /// is of another modality.</exception>
    public static Reference Load(string folder, ModalityProfile profile)
    {
        var parameters = JsonSerializer.Deserialize<ReferenceParameters>(File.ReadAllBytes(Path.Combine(folder, "reference.json")), Json)
            ?? throw new InvalidDataException("reference.json is empty.");
        return Decode(
            profile, parameters, File.ReadAllBytes(Path.Combine(folder, "reference.png")),
            File.ReadAllBytes(Path.Combine(folder, "mask.png")), MeanHead.Load(folder));
    }

    public void Save(string folder)
    {
        Directory.CreateDirectory(folder);
        PngFile.WriteGrey(Path.Combine(folder, "reference.png"), Image.Map(v => v * 255));
        PngFile.WriteGrey(Path.Combine(folder, "mask.png"), Mask.ToImage().Map(v => v * 255));
        File.WriteAllText(Path.Combine(folder, "reference.json"), JsonSerializer.Serialize(Parameters, Json) + "\n");
        Head?.Save(folder);
    }

    private static Reference Decode(
        ModalityProfile profile, ReferenceParameters parameters, byte[] picture, byte[] shape, MeanHead? head)
    {
        if (parameters.Modality != profile.Modality)
            throw new InvalidDataException($"The reference is of {parameters.Modality}, not of {profile.Modality}.");
        if (Digest(picture, shape) != parameters.Digest)
            throw new InvalidDataException("The reference's pictures are not those its digest was made from.");
        var (image, mask) = (PngFile.Decode(picture), PngFile.Decode(shape));
        if ((image.Width, image.Height, mask.Width, mask.Height) is not (Side, Side, Side, Side))
            throw new InvalidDataException($"A reference is {Side} x {Side} pixels.");
        return new(profile, parameters, image.Normalise(0, 255), Mask.Where(mask, value => value > 127), head);
    }

    private LinearRegistration RegistrationTo(Image image, Mask mask) => new(image, mask, Profile.BrightestBrain);

    /// <summary>SHA-256 over reference.png followed by mask.png, lower-case hex.</summary>
    private static string Digest(byte[] picture, byte[] shape) => Convert.ToHexStringLower(SHA256.HashData([.. picture, .. shape]));
}
