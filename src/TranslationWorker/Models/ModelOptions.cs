using System.ComponentModel.DataAnnotations;

namespace Gateway.TranslationWorker;

/// <summary>The <c>Models</c> section: which generators run, and on which device.</summary>
public sealed class ModelOptions
{
    public const string Section = "Models";

    /// <summary>Folder with one model per direction, such as <c>t2-ct.onnx</c>, and <c>references/</c>: the registry is not asked then.
    /// Empty: the registry's champions, and the references that ship.</summary>
    public string Directory { get; init; } = "";

    /// <summary><c>auto</c> uses CUDA if ONNX Runtime has it, and otherwise the CPU.</summary>
    [RegularExpression("^(auto|cpu|cuda)$")]
    public string Device { get; init; } = "auto";

    /// <summary>How slices are registered for the generator: <c>auto</c> as in its training, or always <c>linear</c> or
    /// <c>deformable</c>.</summary>
    [RegularExpression("^(auto|linear|deformable)$")]
    public string Registration { get; init; } = "auto";

    /// <summary>Threads of one inference on the CPU; 0 means every core.</summary>
    [Range(0, 256)]
    public int Threads { get; init; }

    /// <summary>How often the registry is asked for other champions.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Watch { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Where references are, and models that ship or are pinned.</summary>
    public string Folder => Directory.Length > 0 ? Directory : Path.Combine(AppContext.BaseDirectory, "models");
}
