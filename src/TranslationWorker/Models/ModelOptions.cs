using System.ComponentModel.DataAnnotations;

namespace Gateway.TranslationWorker;

/// <summary>The <c>Models</c> section: which generators run, and on what.</summary>
public sealed class ModelOptions
{
    public const string Section = "Models";

    /// <summary>Folder with a model per direction, such as <c>t2-ct.onnx</c>, and <c>references/</c>; the shipped models when empty.</summary>
    public string Directory { get; init; } = "";

    /// <summary><c>auto</c> takes CUDA where ONNX Runtime has it and falls back to the CPU.</summary>
    [RegularExpression("^(auto|cpu|cuda)$")]
    public string Device { get; init; } = "auto";

    /// <summary>Slices reach the generator as it learned to see them (<c>auto</c>), or <c>linear</c> or <c>deformable</c> whatever it learned.</summary>
    [RegularExpression("^(auto|linear|deformable)$")]
    public string Registration { get; init; } = "auto";

    /// <summary>Threads of one inference on the CPU; 0 means every core.</summary>
    [Range(0, 256)]
    public int Threads { get; init; }

    public string Folder => Directory.Length > 0 ? Directory : Path.Combine(AppContext.BaseDirectory, "models");
}
