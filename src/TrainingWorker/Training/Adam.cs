using System.Numerics;
using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Training;

/// <summary>Adam (Kingma and Ba 2015) over one network's parameters, with named moments for a checkpoint.</summary>
/// <remarks>On the CPU it makes one fused pass over memory per parameter. With 14 million parameters, the library's
/// form, one operator at a time,
/// costs as much as a small image.</remarks>
public sealed class Adam : IDisposable
{
    private readonly (string Name, Parameter Value)[] _parameters;
    private readonly Tensor[] _first;
    private readonly Tensor[] _second;
    private readonly bool _byOperators;
    private readonly double _weightDecay;

    /// <param name="weightDecay">Share that a step takes off the weights of convolutions, times its rate (Loshchilov and Hutter
    /// 2019).</param>
    /// <param name="byOperators">Does on the CPU too what it does on every other device: one operator at a time.</param>
    public Adam(nn.Module network, double weightDecay = 0, bool byOperators = false)
    {
        ArgumentNullException.ThrowIfNull(network);
        (_byOperators, _weightDecay) = (byOperators, weightDecay);
        _parameters = [.. network.named_parameters().Select(p => (p.name, p.parameter))];
        _first = [.. _parameters.Select(p => zeros_like(p.Value, requires_grad: false).DetachFromDisposeScope())];
        _second = [.. _parameters.Select(p => zeros_like(p.Value, requires_grad: false).DetachFromDisposeScope())];
    }

    /// <summary>Steps taken since the moments were zero.</summary>
    public long Steps { get; set; }

    /// <summary>The moments, by name, for a checkpoint.</summary>
    public IEnumerable<(string Name, Tensor Value)> State()
        => _parameters.SelectMany((p, i) => new[] { ($"m.{p.Name}", _first[i]), ($"v.{p.Name}", _second[i]) });

    /// <summary>Resets the moments, because the losses that follow have another scale.</summary>
    public void Reset()
    {
        Steps = 0;
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        foreach (var moment in _first.Concat(_second))
            moment.zero_();
    }

    /// <summary>Forgets every gradient: what comes next is then taken as it is, not added to zeroes.</summary>
    public void ForgetGradients()
    {
        foreach (var (_, value) in _parameters)
            value.grad = null;
    }

    /// <summary>One update of every parameter that has a gradient.</summary>
    public void Step(double rate, double beta1, double beta2)
    {
        Steps++;
        using var quiet = no_grad();
        var scale = (float)(rate / (1 - Math.Pow(beta1, Steps)));
        var correction = (float)(1 / Math.Sqrt(1 - Math.Pow(beta2, Steps)));
        for (var i = 0; i < _parameters.Length; i++)
        {
            using var gradient = _parameters[i].Value.grad;
            if (gradient is null)
                continue;
            if (_weightDecay > 0 && gradient.dim() > 1)
                _parameters[i].Value.Scale(1 - rate * _weightDecay);
            Update(_parameters[i].Value, gradient, _first[i], _second[i], new(scale, correction, (float)beta1, (float)beta2));
        }
    }

    public void Dispose()
    {
        foreach (var moment in _first.Concat(_second))
            moment.Dispose();
    }

    private readonly record struct Rates(float Scale, float Correction, float Beta1, float Beta2);

    private void Update(Tensor value, Tensor gradient, Tensor first, Tensor second, Rates rates)
    {
        if (value.device_type == DeviceType.CPU && !_byOperators)
        {
            using var contiguous = gradient.contiguous();
            UpdateInMemory(Floats(value), Floats(contiguous), Floats(first), Floats(second), rates);
            return;
        }
        using var scope = NewDisposeScope();
        first.Blend(rates.Beta1, gradient, 1 - rates.Beta1);
        second.BlendSquare(rates.Beta2, gradient, 1 - rates.Beta2);
        value.AddQuotient(-rates.Scale, first, second.sqrt().Times(rates.Correction).Plus(1e-8));
    }

    private static void UpdateInMemory(Span<float> value, Span<float> gradient, Span<float> first, Span<float> second, Rates rates)
    {
        var lanes = Vector<float>.Count;
        var i = 0;
        for (; i <= value.Length - lanes; i += lanes)
        {
            var g = new Vector<float>(gradient[i..]);
            var m = new Vector<float>(first[i..]) * rates.Beta1 + g * (1 - rates.Beta1);
            var v = new Vector<float>(second[i..]) * rates.Beta2 + g * g * (1 - rates.Beta2);
            m.CopyTo(first[i..]);
            v.CopyTo(second[i..]);
            var step = m * rates.Scale / (Vector.SquareRoot(v) * rates.Correction + new Vector<float>(1e-8f));
            (new Vector<float>(value[i..]) - step).CopyTo(value[i..]);
        }
        for (; i < value.Length; i++)
        {
            first[i] = first[i] * rates.Beta1 + gradient[i] * (1 - rates.Beta1);
            second[i] = second[i] * rates.Beta2 + gradient[i] * gradient[i] * (1 - rates.Beta2);
            value[i] -= first[i] * rates.Scale / (MathF.Sqrt(second[i]) * rates.Correction + 1e-8f);
        }
    }

    private static Span<float> Floats(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
