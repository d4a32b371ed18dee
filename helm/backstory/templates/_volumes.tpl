{{/* The site's files and the clients file, for the service and for the golden test: both must read the same rules. */}}

{{- define "backstory.siteMounts" -}}
{{- if include "backstory.hasSite" . }}
- name: site
  mountPath: /etc/backstory/site
  readOnly: true
{{- end }}
{{- if .Values.existingValueSetsConfigMap }}
- name: more-value-sets
  mountPath: /etc/backstory/more_value_sets
  readOnly: true
{{- end }}
{{- end -}}

{{- define "backstory.mounts" -}}
{{- include "backstory.siteMounts" . }}
{{- if not .Values.open }}
- name: clients
  mountPath: /etc/backstory/clients
  readOnly: true
{{- end }}
{{- if .Values.caBundle }}
- name: ca
  mountPath: /etc/backstory/ca
  readOnly: true
{{- end }}
{{- end -}}

{{- define "backstory.siteVolumes" -}}
{{- if include "backstory.hasSite" . }}
- name: site
  configMap:
    name: {{ include "backstory.fullname" . }}-site
    items:
      - {key: site.toml, path: site.toml}
      {{- range $file, $_ := .Values.extraRules }}
      - {key: extra_rules.{{ $file }}, path: extra_rules/{{ $file }}}
      {{- end }}
      {{- range $file, $_ := .Values.valueSets }}
      - {key: value_sets.{{ $file }}, path: value_sets/{{ $file }}}
      {{- end }}
{{- end }}
{{- if .Values.existingValueSetsConfigMap }}
- name: more-value-sets
  configMap:
    name: {{ .Values.existingValueSetsConfigMap }}
{{- end }}
{{- end -}}

{{- define "backstory.volumes" -}}
{{- include "backstory.siteVolumes" . }}
{{- if .Values.existingClientsSecret }}
- name: clients
  secret:
    secretName: {{ .Values.existingClientsSecret }}
    defaultMode: 0440
{{- else if not .Values.open }}
- name: clients
  configMap:
    name: {{ include "backstory.fullname" . }}-clients
{{- end }}
{{- if .Values.caBundle }}
- name: ca
  configMap:
    name: {{ include "backstory.fullname" . }}-ca
{{- end }}
{{- end -}}
