using System.Globalization;
using System.Runtime.InteropServices;

namespace Gateway.RegistrationBench;

/// <summary>The pairs as files, and what <c>eng/peers</c> left beside them.</summary>
internal sealed class PeerPrograms(Checkout checkout, string folder)
{
    /// <summary>As eng/peers.py knows them.</summary>
    public static string[] All { get; } = ["dipy", "elastix-mi", "elastix-ncc", "elastix-quick"];

    /// <summary>Writes the pairs and runs the programs on those they have not registered yet.</summary>
    public async Task RunAsync(IReadOnlyList<Pair> pairs, IReadOnlyList<string> programs, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        for (var i = 0; i < pairs.Count; i++)
        {
            await WriteAsync($"{i:00}-fixed.f32", pairs[i].Fixed, cancel);
            await WriteAsync($"{i:00}-moving.f32", pairs[i].Moving.Normalised, cancel);
        }
        if (programs.Count == 0)
            return;
        using var process = new ChildProcess(Path.Combine(checkout.Root, "eng", "peers"), [folder, .. programs]);
        await process.SucceededAsync(cancel);
    }

    /// <summary>Null when the program was not run on the pair.</summary>
    public FoundMap? Found(int pair, string program)
    {
        var name = Path.Combine(folder, $"{pair:00}-{program}");
        return !File.Exists(name + ".seconds") ? null : new()
        {
            Forth = Field(name + ".forth.f32"),
            Back = File.Exists(name + ".back.f32") ? Field(name + ".back.f32") : null,
            Seconds = double.Parse(File.ReadAllText(name + ".seconds"), CultureInfo.InvariantCulture),
        };
    }

    private static DisplacementField2D Field(string path)
    {
        var values = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(path));
        var field = new DisplacementField2D(Reference.Side, Reference.Side);
        values[..field.X.Length].CopyTo(field.X);
        values[field.X.Length..].CopyTo(field.Y);
        return field;
    }

    /// <summary>A picture that is there already must be the same: what peers found belongs to it.</summary>
    private async Task WriteAsync(string name, Image image, CancellationToken cancel)
    {
        var (path, bytes) = (Path.Combine(folder, name), MemoryMarshal.AsBytes(image.Pixels.AsSpan()).ToArray());
        if (!File.Exists(path))
            await File.WriteAllBytesAsync(path, bytes, cancel);
        else if (!(await File.ReadAllBytesAsync(path, cancel)).AsSpan().SequenceEqual(bytes))
            throw new InvalidOperationException($"{path} holds another picture: this folder belongs to other pairs.");
    }
}
