using System.Numerics;
using Gateway.Imaging.Modalities;

namespace Gateway.TranslationWorker;

/// <summary>What a model file states about itself (its ONNX metadata), and what we computed from it.</summary>
public sealed record ModelFacts
{
    public required Direction Direction { get; init; }
    public required string Name { get; init; }
    public required string Version { get; init; }

    /// <summary>As people and archives are told it: <c>unet-resnet18 t2-ct</c>; both directions of a pair often have one name.</summary>
    public string Title => TitleOf(Name, Direction.Name);

    /// <summary>SHA-256 (lower-case hex) of the model file; it identifies the model everywhere.</summary>
    public required string Digest { get; init; }

    /// <summary>Hounsfield units that -1 stands for.</summary>
    public required double HuLow { get; init; }

    /// <summary>Hounsfield units that +1 stands for.</summary>
    public required double HuHigh { get; init; }

    /// <summary>The values that -1 and 1 stand for in a modality of absolute units.</summary>
    public GreyRange Window => new((float)HuLow, (float)HuHigh);

    /// <summary>The values that -1 and 1 of a second output channel stand for; null where the model has one channel.</summary>
    public GreyRange? Wide { get; init; }

    /// <summary>Whether the model gets slices deformed onto the reference, not only registered linearly. As in its training, unless
    /// <see cref="ModelOptions.Registration"/> overrides it.</summary>
    public bool Deform { get; init; }

    public string TrainedOn { get; init; } = "";

    /// <summary><see cref="Title"/> of a model of the registry.</summary>
    public static string TitleOf(string name, string direction) =>
        name is not null && name.Contains(direction, StringComparison.OrdinalIgnoreCase) ? name : $"{name} {direction}";

    /// <summary>Device UID (0018,1002) of this model version: 2.25 and the digest's first 128 bits as a UUID (PS3.5 B.2).</summary>
    public string DeviceUid
    {
        get
        {
            var bytes = Convert.FromHexString(Digest)[..16];
            (bytes[6], bytes[8]) = ((byte)(bytes[6] & 0x0F | 0x80), (byte)(bytes[8] & 0x3F | 0x80));
            return "2.25." + new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
        }
    }
}
